"""The statements of a record as HTML: each with all its fields, and with what every one of them rests on."""

from collections.abc import Iterable, Iterator

from onrecord.export.html_article import ArticleWriter
from onrecord.export.html_text import (
    escape_text,
    escape_value,
    show_origin,
    show_rows,
    show_text,
    show_unknown,
)
from onrecord.export.named import tell_entry, tell_moment
from onrecord.export.speakers import source_words
from onrecord.record import About, Article, Confidence, Hop, Mention, SaidAt, SaidIn, Span, Statement
from onrecord.record.fragments import fragment_link

# Fields that have a term of their own among the facts, known or not.
SHOWN_APART = frozenset({"mode", "speaker", "said_at", "said_in"})


def write_statement(writer: ArticleWriter, number: int) -> str:
    """One statement with all its fields."""
    statement, label = writer.record.statements[number - 1], writer.label_of(number)
    content = " … ".join(span.of(writer.text) for span in statement.content)
    cue = " … ".join(span.of(writer.text) for span in statement.cue)
    return (
        f'<li id="s{number}" class="card {writer.hue(number)}" data-s="{number}" value="{number}">'
        f'<h3><a class="chip" href="#q{number}" aria-label="{label}, show in the article">'
        f"{label}</a> {write_heading(writer, statement)} <i>{show_text(cue)}</i></h3>"
        f'<blockquote class="line-{statement.form}" dir="auto">{escape_text(content)}</blockquote>'
        f"{show_rows(list_facts(writer, statement))}</li>"
    )


def write_spans(writer: ArticleWriter, spans: Iterable[Span]) -> str:
    """Bounds as "620–717, 733–739"."""
    return ", ".join(map(writer.link_bounds, spans))


def write_heading(writer: ArticleWriter, statement: Statement) -> str:
    """The name, and the source as written where it is another."""
    words, speaker = source_words(statement, writer.text), statement.speaker
    if speaker is None:
        return f'{f"“{show_text(words)}” " if words else ""}<span class="unknown">unknown</span>'
    as_written = words and speaker.name.casefold() not in words.casefold()
    name = writer.link_row(speaker.entity_id, show_text(speaker.name))
    return name + (f" <small>({show_text(words)})</small>" if as_written else "")


def list_facts(writer: ArticleWriter, statement: Statement) -> Iterator[tuple[str, str]]:
    """Every field of a statement; what is unknown says why."""
    yield "form", statement.form
    yield "mode", statement.mode or show_unknown(statement.unknowns, "mode")
    yield "speaker", _speaker(writer, statement)
    yield "via", _list(_hop(writer, hop) for hop in statement.chain)
    unknown = {u.field: show_unknown(statement.unknowns, u.field) for u in statement.unknowns}
    yield "when", _said_at(writer, statement.said_at) if statement.said_at else unknown.get("said_at", "")
    yield "in", _said_in(writer, statement.said_in) if statement.said_in else unknown.get("said_in", "")
    yield "about", _about(writer, statement.about)
    yield "within", _number(writer, (statement.within,))
    yield "holds", _number(writer, writer.index.held.get(statement.statement_id, ()))
    for role, spans in (("source", statement.source), ("cue", statement.cue)):
        words = show_text(" … ".join(span.of(writer.text) for span in spans))
        yield role, f"{words} <small>{write_spans(writer, spans)}</small>" if spans else NONE
    yield "content", write_spans(writer, statement.content)
    yield "page", _links(writer.record.article, statement)
    yield from ((escape_text(f), told) for f, told in unknown.items() if f not in SHOWN_APART)
    yield "confidence", _confidence(statement.confidence)
    yield "origin", show_origin(statement.origin)
    yield "id", f'<span class="id">{escape_text(statement.statement_id)}</span>'


MENTION_FORMS = {"name": "name", "nominal": "description", "pronoun": "pronoun"}
NONE = '<span class="unknown">none</span>'


def _speaker(writer: ArticleWriter, statement: Statement) -> str:
    """The mentions that lead from the source to the name, each linked to where it stands, and the rule."""
    speaker = statement.speaker
    if speaker is None:
        return show_unknown(statement.unknowns, "speaker")
    steps = " → ".join(_mention(writer, mention) for mention in speaker.path)
    # Somebody may be told from all others and still have no name here: the reason stands beside them.
    is_unnamed = any(unknown.field == "speaker" for unknown in statement.unknowns)
    reason = f" {show_unknown(statement.unknowns, 'speaker')}" if is_unnamed else ""
    return f"{steps or show_text(speaker.name)}<small>; {show_origin(speaker.origin)}</small>{reason}"


def _mention(writer: ArticleWriter, mention: Mention) -> str:
    words = writer.link_place(mention.span, show_text(mention.text))
    return f"{words} <small>{MENTION_FORMS[mention.form]}</small>"


def _hop(writer: ArticleWriter, hop: Hop) -> str:
    words = writer.link_place(hop.span, show_text(hop.text))
    name = writer.index.names.get(hop.entity_id or "", hop.text)
    named = f" ({writer.link_row(hop.entity_id, show_text(name))})" if name != hop.text else ""
    return (
        f"{words}{named} <small>{hop.kind.replace('_', ' ')}, {write_spans(writer, (hop.span,))}; "
        f"{show_origin(hop.origin)}</small>"
    )


def _said_at(writer: ArticleWriter, said_at: SaidAt) -> str:
    """The interval in words and in EDTF, the expression it rests on, and the rule."""
    words = show_text(writer.index.names.get(said_at.time_id or "", ""))
    rests = f" from “{writer.link_row(said_at.time_id, words)}”" if words else ""
    details = ", ".join(filter(None, (said_at.precision.replace("_", " "), escape_text(said_at.edtf or ""))))
    moment = show_text(tell_moment(said_at))
    return f"{moment}{rests} <small>{details}; {show_origin(said_at.origin)}</small>"


def _said_in(writer: ArticleWriter, said_in: SaidIn) -> str:
    """The words, the place they mean, and the rule."""
    entry = writer.index.entries.get(said_in.place_id)
    meant = f": {writer.link_row(said_in.place_id, show_text(tell_entry(entry)))}" if entry else ""
    words = writer.link_place(said_in.span, show_text(said_in.text))
    return f"{words}{meant} <small>{show_origin(said_in.origin)}</small>"


def _about(writer: ArticleWriter, about: About) -> str:
    """Whom, when and where the content speaks of, each linked to its row."""
    ids = (*about.entity_ids, *about.time_ids, *about.place_ids)
    # What two mentions mean stands in one row, which is linked once.
    index = writer.index
    rows = {index.rows[one]: one for one in reversed(ids) if one in index.rows}
    return ", ".join(writer.link_row(one, show_text(index.names[one])) for one in reversed(rows.values()))


def _number(writer: ArticleWriter, statement_ids: Iterable[str | None]) -> str:
    """Links to statements by their number; "" where there are none."""
    numbers = sorted(writer.numbers[one] for one in statement_ids if one in writer.numbers)
    return ", ".join(f'<a href="{writer.href_of(number)}">statement {number}</a>' for number in numbers)


def _list(items: Iterable[str]) -> str:
    inside = "".join(f"<li>{item}</li>" for item in items)
    return f"<ol>{inside}</ol>" if inside else ""


def _confidence(sure: Confidence) -> str:
    parts = f"content {sure.content:.2f}, cue {sure.cue:.2f}, source {sure.source:.2f}"
    return f"{sure.statement:.2f} ({parts})"


def _links(article: Article, statement: Statement) -> str:
    """Links to the words in the page that the article was read from; nothing where it has no address."""
    found = [link for span in statement.content if (link := fragment_link(article, span))]
    names = ["open at these words", *(f"part {i}" for i in range(2, len(found) + 1))]
    return ", ".join(
        f'<a href="{escape_value(link)}" rel="noopener noreferrer">{name}</a>'
        for link, name in zip(found, names[: len(found)], strict=True)
    )
