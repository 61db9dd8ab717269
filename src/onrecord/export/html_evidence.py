"""What stands beside the article as HTML: the header, the legend, and every statement with its evidence."""

from collections.abc import Iterable

from onrecord.export.fragments import fragment_link
from onrecord.export.html_article import ArticleWriter
from onrecord.export.html_text import escape_text, escape_value
from onrecord.record import Article, Confidence, Coverage, Origin, Record, Span, Statement, Unknown

FORMS = {
    "direct": "all of it in quotation marks",
    "mixed": "part of it in quotation marks",
    "indirect": "in the article's own words",
}


def write_spans(spans: Iterable[Span]) -> str:
    """Bounds as "620–717, 733–739"."""
    return ", ".join(f"{s.start_char}–{s.end_char}" for s in spans)


def _origin(origin: Origin) -> str:
    rules = f"; rules: {', '.join(origin.rules)}" if origin.rules else ""
    return f"{origin.kind} {origin.name} {origin.version}{rules}"


def _confidence(sure: Confidence) -> str:
    parts = f"content {sure.content:.2f}, cue {sure.cue:.2f}, source {sure.source:.2f}"
    return f"{sure.statement:.2f} ({parts})"


def _rows(rows: Iterable[tuple[str, str]], name: str = "facts") -> str:
    """A list of terms, each with its value, which is already HTML."""
    cells = "".join(f"<div><dt>{term}</dt><dd>{value}</dd></div>" for term, value in rows if value)
    return f'<dl class="{name}">{cells}</dl>' if cells else ""


def _unknown(reasons: Iterable[Unknown], field: str) -> str:
    """That a field is unknown, with the reason where one is given."""
    found = "; ".join(u.reason for u in reasons if u.field == field)
    return f'<span class="unknown">unknown{escape_text(": " + found) if found else ""}</span>'


def write_header(record: Record) -> str:
    """The head of the page: what was read, when and by whom it was published, and what is not known."""
    article, capture = record.article, record.capture
    value = {
        "title": article.title.value if article.title else "",
        "authors": ", ".join(author.value for author in article.authors),
        "published_at": article.published_at.value if article.published_at else "",
        "outlet": article.outlet.value if article.outlet else "",
        "language": article.language.value if article.language else "",
    }
    rows = [
        (name.removesuffix("_at"), _shown(held) if held else _unknown(article.unknowns, name))
        for name, held in value.items()
    ]
    rows += [(u.field, _unknown((u,), u.field)) for u in article.unknowns if u.field not in value]
    rows += [("address", _shown(article.url or "")), ("capture", _shown(f"SHA-256 {capture.sha256}"))]
    return _rows(rows, "about")


def _shown(text: str) -> str:
    return f'<bdi dir="auto">{escape_text(text)}</bdi>' if text else ""


def write_notes(record: Record) -> str:
    """What the reader must know, or nothing."""
    notes = "".join(f"<p>{escape_text(note.detail)}</p>" for note in record.notes)
    return f'<section class="notes" aria-label="Notes">{notes}</section>' if notes else ""


def write_coverage(coverage: Coverage | None) -> str:
    """The receipt of the page, folded: how much of it the article holds, what was left out, and what as."""
    if coverage is None:
        return ""
    kinds = "".join(
        f"<li>{escape_text(one.kind)}: {one.words:,} {_plural(one.words, 'word')} "
        f"<small>in {one.blocks:,} {_plural(one.blocks, 'block')}</small></li>"
        for one in coverage.left_out
    )
    dropped = "".join(
        f"<li>{_shown(one.words)} <small>{escape_text(one.kind)}, bytes {one.start_byte:,}–{one.end_byte:,}"
        "</small></li>"
        for one in coverage.dropped
    )
    doubt = f"<p>Left out, though it reads like text of the article:</p><ul>{dropped}</ul>" if dropped else ""
    held = f"{coverage.article_words:,} of {coverage.visible_words:,} words of the page"
    left = f"<p>Left out:</p><ul>{kinds}</ul>" if kinds else ""
    more = f"; {len(coverage.dropped)} left out in doubt" if dropped else ""
    return (
        f'<details class="coverage"><summary>The article holds {held}{more}</summary>{left}{doubt}</details>'
    )


def _plural(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"


def write_legend(writer: ArticleWriter) -> str:
    """The speakers with their labels and colours, and what the marks mean."""
    speakers = "".join(
        f'<li><b class="chip {_hue(s.colour)}">{s.label}</b> {_shown(s.name)} '
        f"<small>{s.statements}</small></li>"
        for s in writer.speakers.values()
    )
    forms = "".join(
        f'<li><span class="seg line-{form} k-plain">{form}</span> <small>{meaning}</small></li>'
        for form, meaning in FORMS.items()
    )
    roles = "".join(
        f'<li><span class="seg {role} k-plain">{word}</span></li>'
        for role, word in (("source", "source"), ("cue", "cue"), ("hop", "via"))
    )
    return (
        '<section class="legend" aria-labelledby="legend"><h2 id="legend">Speakers as written</h2>'
        f"<ul>{speakers}</ul><h2>Marks</h2><ul>{forms}{roles}</ul></section>"
    )


def _hue(colour: int | None) -> str:
    return "k-unknown" if colour is None else f"k{colour}"


def write_statement(writer: ArticleWriter, number: int) -> str:
    """One statement with all its fields."""
    statement, speaker = writer.record.statements[number - 1], writer.speaker_of(number)
    content = " … ".join(span.of(writer.text) for span in statement.content)
    cue = " … ".join(span.of(writer.text) for span in statement.cue)
    return (
        f'<li id="s{number}" class="card {writer.hue(number)}" data-s="{number}" value="{number}">'
        f'<h3><a class="chip" href="#q{number}" aria-label="{speaker.label}{number}, show in the article">'
        f"{speaker.label}{number}</a> {_speaker(statement)} <i>{_shown(cue)}</i></h3>"
        f'<blockquote class="line-{statement.form}" dir="auto">{escape_text(content)}</blockquote>'
        f"{_rows(_facts(writer, statement))}</li>"
    )


def _speaker(statement: Statement) -> str:
    return _shown(statement.speaker.text) if statement.speaker else '<span class="unknown">unknown</span>'


def _links(article: Article, statement: Statement) -> str:
    """Links to the words in the page that the article was read from; nothing where it has no address."""
    found = [link for span in statement.content if (link := fragment_link(article, span))]
    names = ["open at these words", *(f"part {i}" for i in range(2, len(found) + 1))]
    return (
        ", ".join(
            f'<a href="{escape_value(link)}" rel="noopener noreferrer">{name}</a>'
            for link, name in zip(found, names, strict=True)
        )
        if found
        else ""
    )


def _facts(writer: ArticleWriter, statement: Statement) -> list[tuple[str, str]]:
    """Every field of a statement; what is unknown says why."""
    texts = {"source": statement.source, "cue": statement.cue}
    rows = [
        (role, f"{_shown(' … '.join(s.of(writer.text) for s in spans))} <small>{write_spans(spans)}</small>")
        if spans
        else (role, '<span class="unknown">none</span>')
        for role, spans in texts.items()
    ]
    hops = "".join(
        f"<li>{_shown(h.text)} <small>{h.kind.replace('_', ' ')}, {write_spans((h.span,))}; "
        f"{escape_text(_origin(h.origin))}</small></li>"
        for h in statement.chain
    )
    return [
        ("form", statement.form),
        ("mode", statement.mode or _unknown(statement.unknowns, "mode")),
        ("via", f"<ol>{hops}</ol>" if hops else ""),
        *rows,
        ("content", write_spans(statement.content)),
        ("page", _links(writer.record.article, statement)),
        *((escape_text(u.field), _unknown((u,), u.field)) for u in statement.unknowns if u.field != "mode"),
        ("confidence", _confidence(statement.confidence)),
        ("origin", escape_text(_origin(statement.origin))),
        ("id", f'<span class="id">{escape_text(statement.statement_id)}</span>'),
    ]
