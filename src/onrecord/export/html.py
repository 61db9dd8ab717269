"""One self-contained HTML page from one record: the article with its statements marked, and the evidence.

Nothing is fetched: style and script stand in the page, and its policy allows those two alone, by their hash.
The page works without the script, which only lights up all parts of a statement together.
"""

import base64
import hashlib
import re
from collections import Counter
from functools import cache
from importlib.resources import files

from onrecord.export.html_article import ArticleWriter
from onrecord.export.html_evidence import write_statement
from onrecord.export.html_head import write_coverage, write_header, write_legend, write_notes
from onrecord.export.html_named import summarise_named, write_named
from onrecord.export.html_text import escape_text, escape_value
from onrecord.record import Record

# BCP 47 in its common shapes: "en", "pt-BR", "zh-Hant-TW".
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def to_html(record: Record) -> str:
    """The page; it can be written as UTF-8 whatever the article holds."""
    writer = ArticleWriter(record)
    article = writer.write()
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="onrecord">
<meta http-equiv="Content-Security-Policy" content="{_policy()}">
<title>{escape_value(_title(record))}</title>
<link rel="icon" href="data:,">
<style>{_style()}</style>
</head>
<body>
<a class="skip" href="#statements">Skip to the statements</a>
<header>
<p class="brand"><b>onrecord</b> {summarise_forms(record)}{summarise_named(writer)}</p>
{write_headline(writer)}{write_header(record)}
{write_notes(record)}
{write_coverage(record.article.coverage)}
{write_legend(writer) if record.statements else ""}
</header>
<div class="columns">
<main><article{write_language(record)} dir="auto" aria-label="Article">
{article}
</article></main>
<aside aria-labelledby="statements">
<h2 id="statements" tabindex="-1">Statements and their evidence</h2>
{_statements(writer)}
</aside>
</div>
{write_named(writer)}
<script>{_resource("page.js")}</script>
</body>
</html>
"""


@cache
def _resource(name: str) -> str:
    return "\n" + files("onrecord.export").joinpath(name).read_text("utf-8")


@cache
def _style() -> str:
    return _resource("marks.css") + _resource("page.css")


@cache
def _policy() -> str:
    return (
        f"default-src 'none'; img-src data:; style-src {_hash(_style())}; "
        f"script-src {_hash(_resource('page.js'))}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _title(record: Record) -> str:
    title = record.article.title
    return f"{title.value} · onrecord" if title else "An article without a title · onrecord"


def write_headline(writer: ArticleWriter) -> str:
    """The heading of the page where the article's own text has none."""
    if any(kind == "title" for kind, _, _ in writer.pieces):
        return ""
    title = writer.record.article.title
    words = escape_text(title.value) if title else "An article without a title"
    return f'<h1 class="block title" dir="auto">{words}</h1>\n'


def write_language(record: Record) -> str:
    """The attribute that says in which language an article is; an empty one where that is not known."""
    language = record.article.language
    if language is None or not LANGUAGE_TAG.fullmatch(language.value):
        return ' lang=""'
    return f' lang="{language.value}"'


def summarise_forms(record: Record) -> str:
    """The counts: "4 statements: 2 direct, 1 mixed, 1 indirect"."""
    counts = Counter(s.form for s in record.statements)
    forms = ", ".join(f"{counts[form]} {form}" for form in ("direct", "mixed", "indirect") if counts[form])
    total = len(record.statements)
    return f"{total} {'statement' if total == 1 else 'statements'}{': ' if forms else ''}{forms}"


def _statements(writer: ArticleWriter) -> str:
    cards = [write_statement(writer, n) for n in range(1, len(writer.record.statements) + 1)]
    if not cards:
        return '<p class="unknown">No statement was found in this article.</p>'
    return '<ol class="cards">\n' + "\n".join(cards) + "\n</ol>"
