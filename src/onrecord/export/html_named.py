"""Who, when and where a record names as HTML: a list of each, with counts, reasons, and links to the text."""

from collections.abc import Iterable, Iterator

from onrecord.export.dates import show_moment
from onrecord.export.html_article import ArticleWriter, hue_of
from onrecord.export.html_text import (
    count_words,
    escape_text,
    show_origin,
    show_rows,
    show_text,
    show_unknown,
)
from onrecord.export.named import (
    Listed,
    tell_coordinates,
    tell_descriptions,
    tell_entry,
    tell_kind,
    tell_place,
    tell_time,
)
from onrecord.record import Entity, GazetteerEntry, PlaceValue, Span, TimeAnchor, TimeValue, Unknown

ANCHORS = {
    "published_at": "publication",
    "dateline": "the dateline",
    "expression": "another time,",
}


def write_named(writer: ArticleWriter) -> str:
    """The sections that hold anything; written after the article, which they link to."""
    inside = "\n".join(
        f'<section aria-labelledby="{name}"><h2 id="{name}" tabindex="-1">{title}</h2>{items}</section>'
        for name, title, items in list_named(writer)
    )
    return f'<div class="named">\n{inside}\n</div>' if inside else ""


def list_named(writer: ArticleWriter) -> Iterator[tuple[str, str, str]]:
    """Each list that holds anything: its id, its title, its items."""
    index = writer.index
    others = _fold(f"{len(index.others)} more that the article mentions", _people(writer, index.others))
    sections = (
        ("people", "People and organisations", _people(writer, index.people) + others),
        ("times", "Times", _list(_time(writer, group) for group in index.times)),
        ("places", "Places", _list(_place(writer, group) for group in index.places)),
    )
    yield from (section for section in sections if section[2])


def summarise_named(writer: ArticleWriter) -> str:
    """Links to the sections with their counts: "8 people and organisations · 4 times · 1 place"."""
    index = writer.index
    counts = (
        ("people", len(index.people), "person or organisation", "people and organisations"),
        ("times", len(index.times), "time", "times"),
        ("places", len(index.places), "place", "places"),
    )
    return "".join(
        f' · <a href="#{name}">{count:,} {one if count == 1 else several}</a>'
        for name, count, one, several in counts
        if count
    )


def _people(writer: ArticleWriter, people: Iterable[Listed]) -> str:
    return _list(_person(writer, one) for one in people)


def _person(writer: ArticleWriter, one: Listed) -> str:
    """A row: name, kind and what the article calls it, and folded away where and from what all that is."""
    entity = one.entity
    voice = writer.voices.get(entity.entity_id)
    chip = f'<b class="chip {hue_of(voice)}">{voice.label}</b> ' if voice else ""
    name = writer.link_place(entity.name_span, show_text(entity.name))
    name = f"<b>{name}</b>" if entity.named else name
    said = [count_words(one.statements, "statement")] if one.statements else []
    facts = " · ".join([tell_kind(entity), *said, count_words(len(entity.mentions), "mention")])
    described = show_text(tell_descriptions(entity))
    return (
        f'<li id="{writer.index.rows[entity.entity_id]}">{chip}{name}'
        f"{writer.link_person(entity.entity_id)}{f' <i>{described}</i>' if described else ''}"
        f"{_fold(escape_text(facts), show_rows(_of_entity(writer, entity)))}</li>"
    )


def _of_entity(writer: ArticleWriter, entity: Entity) -> Iterator[tuple[str, str]]:
    mentions = [writer.link_place(m.span, show_text(m.text)) for m in entity.mentions]
    yield "mentions", ", ".join(mentions)
    described = [writer.link_place(d.span, show_text(d.text)) for d in entity.descriptions]
    yield "described", ", ".join(described)
    if entity.anonymous:
        yield "anonymous", writer.link_place(entity.anonymous, show_text(entity.anonymous.of(writer.text)))
    yield from _unknowns(entity.unknowns)
    yield "origin", show_origin(entity.origin)


def _time(writer: ArticleWriter, group: tuple[TimeValue, ...]) -> str:
    """A row: the words, what they mean, and how that was reckoned."""
    time = group[0]
    meaning = escape_text(tell_time(time)) or _reasons(time.unknowns)
    facts = [time.precision.replace("_", " ") if time.precision else "", time.edtf or ""]
    details: list[tuple[str, str]] = [
        ("in the text", _occurrences(writer, [one.span for one in group])),
        ("kind", time.kind),
        ("from", _anchor(writer, time.anchor) if time.anchor else ""),
        ("TIMEX3", escape_text(" ".join(filter(None, (time.timex_value, time.timex_mod))))),
        *(_unknowns(time.unknowns) if tell_time(time) else ()),
        ("origin", show_origin(time.origin)),
    ]
    return _row(writer, group, (meaning, facts), details)


def _anchor(writer: ArticleWriter, anchor: TimeAnchor) -> str:
    words = ANCHORS[anchor.kind]
    place = writer.link_place(anchor.span, show_text(anchor.span.of(writer.text))) if anchor.span else ""
    return f"{words}{f' “{place}”' if place else ''}, {escape_text(show_moment(anchor.value))}"


def _place(writer: ArticleWriter, group: tuple[PlaceValue, ...]) -> str:
    """A row: the words, the entry they mean, and what else they might have meant."""
    place = group[0]
    meaning = show_text(tell_place(place)) or _reasons(place.unknowns)
    facts = [tell_coordinates(place.entry)] if place.entry else []
    details: list[tuple[str, str]] = [
        ("in the text", _occurrences(writer, [one.span for one in group])),
        ("entry", escape_text(place.entry.entry_id) if place.entry else ""),
        ("or", "; ".join(_runner_up(entry) for entry in place.runners_up)),
        ("confidence", "" if place.confidence is None else f"{place.confidence:.2f}"),
        *(_unknowns(place.unknowns) if tell_place(place) else ()),
        ("origin", show_origin(place.origin)),
    ]
    return _row(writer, group, (meaning, facts), details)


def _runner_up(entry: GazetteerEntry) -> str:
    return show_text(tell_entry(entry))


def _row(
    writer: ArticleWriter,
    group: tuple[TimeValue | PlaceValue, ...],
    meant: tuple[str, Iterable[str]],
    details: Iterable[tuple[str, str]],
) -> str:
    """The words and what they mean; the facts head what is folded away."""
    first, (meaning, facts) = group[0], meant
    own_id = first.time_id if isinstance(first, TimeValue) else first.place_id
    often = f" <small>×{len(group)}</small>" if len(group) > 1 else ""
    words = writer.link_place(group[0].span, show_text(group[0].text))
    summary = escape_text(" · ".join(filter(None, facts))) or '<span class="how">how</span>'
    return (
        f'<li id="{writer.index.rows[own_id]}"><b>{words}</b>{often} {meaning}'
        f"{_fold(summary, show_rows(details))}</li>"
    )


def _occurrences(writer: ArticleWriter, spans: Iterable[Span]) -> str:
    """Links to each place by its bounds."""
    return ", ".join(writer.link_place(s, f"{s.start_char}–{s.end_char}") for s in spans)


def _unknowns(unknowns: Iterable[Unknown]) -> list[tuple[str, str]]:
    return [(escape_text(one.field), show_unknown((one,), one.field)) for one in unknowns]


def _reasons(unknowns: Iterable[Unknown]) -> str:
    reasons = "; ".join(dict.fromkeys(one.reason for one in unknowns))
    return f'<span class="unknown">unknown{escape_text(": " + reasons) if reasons else ""}</span>'


def _fold(summary: str, inside: str) -> str:
    return f"<details><summary>{summary}</summary>{inside}</details>" if inside else ""


def _list(items: Iterable[str]) -> str:
    inside = "\n".join(items)
    return f"<ul>\n{inside}\n</ul>" if inside else ""
