"""What stands above the article as HTML: the header, the notes, the receipt of the page, and the legend."""

from collections.abc import Iterator

from onrecord.export.dates import show_moment
from onrecord.export.html_article import ArticleWriter, hue_of
from onrecord.export.html_text import count_words, escape_text, show_rows, show_text, show_unknown
from onrecord.record import Coverage, Record

FORMS = {
    "direct": "all of it in quotation marks",
    "mixed": "part of it in quotation marks",
    "indirect": "in the article's own words",
}


def write_header(record: Record) -> str:
    """The head of the page: what was read, when and by whom it was published, and what is not known."""
    article, capture = record.article, record.capture
    value = {
        "title": article.title.value if article.title else "",
        "authors": ", ".join(author.value for author in article.authors),
        "published_at": show_moment(article.published_at.value) if article.published_at else "",
        "outlet": article.outlet.value if article.outlet else "",
        "language": article.language.value if article.language else "",
    }
    rows = [
        (name.removesuffix("_at"), show_text(held) if held else show_unknown(article.unknowns, name))
        for name, held in value.items()
    ]
    rows += [(u.field, show_unknown((u,), u.field)) for u in article.unknowns if u.field not in value]
    rows += [("address", show_text(article.url or "")), ("capture", show_text(f"SHA-256 {capture.sha256}"))]
    return show_rows(rows, "about")


def write_notes(record: Record) -> str:
    """What the reader must know, or nothing."""
    notes = "".join(f"<p>{escape_text(note.detail)}</p>" for note in record.notes)
    return f'<section class="notes" aria-label="Notes">{notes}</section>' if notes else ""


def write_coverage(coverage: Coverage | None) -> str:
    """The receipt of the page, folded: how much of it the article holds, what was left out, and what as."""
    if coverage is None:
        return ""
    kinds = "".join(
        f"<li>{escape_text(one.kind)}: {count_words(one.words, 'word')} "
        f"<small>in {count_words(one.blocks, 'block')}</small></li>"
        for one in coverage.left_out
    )
    dropped = "".join(
        f"<li>{show_text(one.words)} "
        f"<small>{escape_text(one.kind)}, bytes {one.start_byte:,}–{one.end_byte:,}</small></li>"
        for one in coverage.dropped
    )
    doubt = f"<p>Left out, though it reads like text of the article:</p><ul>{dropped}</ul>" if dropped else ""
    held = f"{coverage.article_words:,} of {coverage.visible_words:,} words of the page"
    left = f"<p>Left out:</p><ul>{kinds}</ul>" if kinds else ""
    more = f"; {len(coverage.dropped)} left out in doubt" if dropped else ""
    return (
        f'<details class="coverage"><summary>The article holds {held}{more}</summary>{left}{doubt}</details>'
    )


def write_legend(writer: ArticleWriter) -> str:
    """The speakers with their labels and colours, and what the marks mean."""
    return (
        '<section class="legend" aria-labelledby="legend"><h2 id="legend">Speakers</h2>'
        f"<ul>{''.join(list_speakers(writer))}</ul><h2>Marks</h2><ul>{list_marks(writer)}</ul></section>"
    )


def list_speakers(writer: ArticleWriter) -> Iterator[str]:
    """The speakers as items of a list, each with label, colour and the number of statements."""
    return (
        f'<li><b class="chip {hue_of(s)}">{s.label}</b> {writer.link_row(s.entity_id, show_text(s.name))} '
        f"<small>{s.statements}</small></li>"
        for s in writer.voices.values()
    )


def list_marks(writer: ArticleWriter) -> str:
    """What the marks mean, as items of a list."""
    forms = "".join(
        f'<li><span class="seg line-{form} k-plain">{form}</span> <small>{meaning}</small></li>'
        for form, meaning in FORMS.items()
    )
    roles = "".join(
        f'<li><span class="seg {role} k-plain">{word}</span></li>'
        for role, word in (("source", "source"), ("cue", "cue"), ("hop", "via"))
    )
    kinds = {spot.kind for spot in writer.spots.values()}
    spots = "".join(f'<li><span class="{kind}">{kind}</span></li>' for kind in sorted(kinds, reverse=True))
    return forms + roles + spots
