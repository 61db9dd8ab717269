"""The article of a record as HTML: its blocks as elements, its statements as marks in them."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby

from onrecord.export.html_index import linked_spans, list_spots, make_index
from onrecord.export.html_text import escape_text, escape_value
from onrecord.export.named import tell_moment
from onrecord.export.segments import Mark, Segment, find_covered, split_segments
from onrecord.export.speakers import Voice, list_voices, speaker_key
from onrecord.export.visible import show_line
from onrecord.record import Record, Span, Statement
from onrecord.record.place import spoken_name

# The element and the class of each kind of block; the first title is the heading of the page.
ELEMENTS = {
    "title": ("p", "title"),
    "dek": ("p", "dek"),
    "byline": ("p", "byline"),
    "dateline": ("p", "dateline"),
    "heading": ("h2", "heading"),
    "paragraph": ("p", "paragraph"),
    "quotation": ("blockquote", "quotation"),
    "list_item": ("li", "list-item"),
    "caption": ("figcaption", "caption"),
    "credit": ("p", "credit"),
    "furniture": ("p", "furniture"),
    "loose": ("p", "loose"),
}
# Blocks in a row that share a parent element.
PARENTS = {"list_item": ("<ul>", "</ul>"), "caption": ("<figure>", "</figure>")}

Piece = tuple[str, int, int]  # kind, start_char, end_char


def list_pieces(record: Record) -> list[Piece]:
    """The blocks in order, and between them, as "loose", whatever text no block holds."""
    text, pieces, at = record.article.text, list[Piece](), 0
    for block in sorted(record.article.blocks, key=lambda b: b.span):
        start, end = max(at, block.span.start_char), min(block.span.end_char, len(text))
        pieces += _loose(text, at, start)
        if start < end:
            pieces.append((block.kind, start, end))
        at = max(at, end)
    return pieces + list(_loose(text, at, len(text)))


def _loose(text: str, start: int, end: int) -> Iterator[Piece]:
    held = text[start:end]
    if held.strip():
        start += len(held) - len(held.lstrip())
        yield "loose", start, start + len(held.strip())


def hue_of(voice: Voice, prefix: str = "k") -> str:
    """The class of a speaker's colour."""
    return f"{prefix}-unknown" if voice.colour is None else f"{prefix}{voice.colour}"


class ArticleWriter:
    """Writes the article of one record; a statement's number is shown where it is first met.

    A page of another kind is written by a subclass: `list_linked`, `write_place`, `write_classes`,
    `write_tip`, `href_of`, `link_row`, `link_person`, `link_bounds` and `label_of` say how its parts lead to
    each other.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self._places = {place.place_id: spoken_name(place) for place in record.places}
        self.text = record.article.text
        self.voices = list_voices(record)
        self.index = make_index(record)
        self.numbers = {s.statement_id: n for n, s in enumerate(record.statements, 1)}
        self.pieces = list_pieces(record)
        linked = self.list_linked()
        edges = {0, len(self.text)} | {e for _, start, end in self.pieces for e in (start, end)}
        edges |= {edge for span in linked for edge in (span.start_char, span.end_char)}
        self.segments = split_segments(record.statements, edges)
        self.starts = [s.start_char for s in self.segments]
        self.spots = find_covered(self.starts, ((s.span, s) for s in list_spots(record, self.index)))
        self.linked = {span.start_char for span in linked}
        self.numbered: set[int] = set()
        self.placed: set[int] = set()

    def write(self) -> str:
        """The inside of the article element."""
        groups = groupby(enumerate(self.pieces), key=lambda item: item[1][0])
        return "\n".join(self._group(kind, [piece for _, piece in items]) for kind, items in groups)

    def _group(self, kind: str, pieces: list[Piece]) -> str:
        blocks = "\n".join(self._block(piece) for piece in pieces)
        if kind == "furniture":
            words = sum(len(self.text[start:end].split()) for _, start, end in pieces)
            summary = f"Page furniture, {words} {'word' if words == 1 else 'words'}"
            return f'<details class="furniture"><summary>{summary}</summary>\n{blocks}\n</details>'
        before, after = PARENTS.get(kind, ("", ""))
        return f"{before}{blocks}{after}"

    def _block(self, piece: Piece) -> str:
        kind, start, end = piece
        element, name = ELEMENTS[kind]
        if kind == "title" and piece == next(p for p in self.pieces if p[0] == "title"):
            element = "h1"
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        met: set[int] = set()
        inside = "".join(self._segment(segment, met) for segment in self.segments[first:last])
        return f'<{element} class="block {name}" dir="auto">{inside}</{element}>'

    def _segment(self, segment: Segment, met: set[int]) -> str:
        words, place = self._words(segment), self.write_place(segment)
        if not segment.marks:
            return f"<span{place}>{words}</span>" if place else words
        content = self._by_length([m for m in segment.marks if m.role == "content"])
        refs = "".join(self._reference(m, met) for m in reversed(content) if self._opens(m, segment, met))
        numbers = list(dict.fromkeys(m.number for m in (*content, *segment.marks)))
        element = "mark" if content else "span"
        named = f'class="{self.write_classes(segment, content)}" data-s="{" ".join(map(str, numbers))}"'
        return f"<{element}{place} {named}>{refs}{words}{self.write_tip(numbers)}</{element}>"

    def _words(self, segment: Segment) -> str:
        """The characters; those of a time or a place lead to its row, and say what it means."""
        words = escape_text(self.text[segment.start_char : segment.end_char])
        spot = self.spots.get(segment.start_char)
        if spot is None:
            return words
        meaning = escape_value(f"{spot.kind}: {spot.meaning}")
        return f'<a class="{spot.kind}" href="#{spot.row}" tabindex="-1" title="{meaning}">{words}</a>'

    def list_linked(self) -> set[Span]:
        """Every span that something on the page leads to."""
        return set(linked_spans(self.record))

    def write_place(self, segment: Segment) -> str:
        """Attributes: the id by which what begins here is found, where something leads here."""
        if segment.start_char not in self.linked:
            return ""
        self.placed.add(segment.start_char)
        return f' id="c{segment.start_char}"'

    def link_place(self, span: Span, inside: str) -> str:
        """A link to where the span stands in the article, once that is written."""
        return f'<a href="#c{span.start_char}">{inside}</a>' if span.start_char in self.placed else inside

    def link_row(self, own_id: str | None, inside: str) -> str:
        """A link to the row of an entity, a time or a place; what has none is shown alone."""
        row = self.index.rows.get(own_id or "")
        return f'<a href="#{row}">{inside}</a>' if row else inside

    def link_person(self, entity_id: str) -> str:
        """A link to all that somebody said, beside the name; here there is nothing else."""
        return ""

    def link_bounds(self, span: Span) -> str:
        """Bounds as "620–717"."""
        return f"{span.start_char}–{span.end_char}"

    def href_of(self, number: int) -> str:
        """Where the evidence of a statement is."""
        return f"#s{number}"

    def label_of(self, number: int) -> str:
        """The short name of a statement: the letter of its speaker and its number."""
        return f"{self.voice_of(number).label}{number}"

    def _by_length(self, marks: list[Mark]) -> list[Mark]:
        """The innermost first: the statement with the shortest content."""
        return sorted(marks, key=lambda m: sum(s.end_char - s.start_char for s in self._of(m.number).content))

    def _of(self, number: int) -> Statement:
        return self.record.statements[number - 1]

    def voice_of(self, number: int) -> Voice:
        """The speaker of the statement with this number."""
        return self.voices[speaker_key(self._of(number))]

    @staticmethod
    def _opens(mark: Mark, segment: Segment, met: set[int]) -> bool:
        return mark.number not in met or mark.span.start_char == segment.start_char

    def _reference(self, mark: Mark, met: set[int]) -> str:
        """The label that leads to the evidence; only the first of a statement is a stop of the Tab key."""
        met.add(mark.number)
        first = mark.number not in self.numbered
        self.numbered.add(mark.number)
        place = f' id="q{mark.number}"' if first else ' tabindex="-1"'
        name = escape_value(self.describe(mark.number) + ("" if first else ", continued"))
        label = f"{'' if first else '…'}{self.label_of(mark.number)}"
        href = self.href_of(mark.number)
        return f'<a class="ref" href="{href}"{place} aria-label="{name}">{label}</a>'

    def describe(self, number: int) -> str:
        """A statement in a few words: "statement 3, direct, Mira Vance, told"."""
        statement = self._of(number)
        cue = " ".join(span.of(self.text) for span in statement.cue)
        parts = ("statement " + str(number), statement.form, self.voice_of(number).name, cue)
        return ", ".join(show_line(part) for part in parts if part)

    def write_classes(self, segment: Segment, content: list[Mark]) -> str:
        """The classes of a marked segment: the speakers' hues, the forms, the roles."""
        names = ["seg"]
        if content:
            inner, outer = content[0].number, content[-1].number
            names += [self.hue(inner), f"line-{self._of(outer).form}"]
            if outer != inner:
                names += [f"nested nest-{self._of(inner).form}", self.hue(outer, "o")]
        others = [m for m in segment.marks if m.role != "content"]
        if others and not content:
            names.append(self.hue(others[0].number))
        return " ".join(names + sorted({m.role for m in others}))

    def hue(self, number: int, prefix: str = "k") -> str:
        """The class of the colour of a statement's speaker."""
        return hue_of(self.voice_of(number), prefix)

    def write_tip(self, numbers: list[int]) -> str:
        """The evidence in short, shown on hover and focus; the whole of it is in the list."""
        lines = "".join(f"<span>{self._tip_line(number)}</span>" for number in numbers)
        return f'<span class="tip" aria-hidden="true">{lines}</span>'

    def _tip_line(self, number: int) -> str:
        statement, voice = self._of(number), self.voice_of(number)
        cue = " … ".join(span.of(self.text) for span in statement.cue)
        via = " → ".join(hop.text for hop in statement.chain)
        facts = [statement.form, statement.mode or "", f"via {via}" if via else ""]
        facts.append(tell_moment(statement.said_at) if statement.said_at else "")
        said_in = statement.said_in
        facts.append(f"in {self._places.get(said_in.place_id, said_in.text)}" if said_in else "")
        facts.append(f"sure {statement.confidence.statement:.0%}")
        return (
            f'<b class="chip {self.hue(number)}">{voice.label}{number}</b> '
            f"<b>{escape_value(voice.name)}</b> <i>{escape_value(cue)}</i> · "
            f"{escape_value(' · '.join(filter(None, facts)))}"
        )
