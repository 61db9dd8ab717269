"""What the reader makes of the golden inputs, as plain values; run as a script, it writes them anew.

    python -m tests.golden.record

prints what changed in each file of `expected/`: look at every line of it before it is committed.
"""

import difflib
import gzip
import json
from pathlib import Path
from typing import Any

from onrecord.ingest import captures, read_article
from onrecord.ingest.locate import is_proven
from onrecord.record import Article, Capture, Coverage, Failure, HeaderField, Moment
from tests.ingest.archives import record, respond

HERE = Path(__file__).parent
PAGES, EXPECTED = HERE / "pages", HERE / "expected"
ARCHIVED = ("figures.html", "tables-1252.html")
WARC = "archive.warc.gz"


def golden_names() -> list[str]:
    """The inputs: the files of `pages/`, and the archive that is built of some of them."""
    return sorted([*(path.name for path in PAGES.iterdir()), WARC])


def golden_bytes(name: str) -> bytes:
    """The bytes of an input."""
    return _build_warc() if name == WARC else (PAGES / name).read_bytes()


def _build_warc() -> bytes:
    """An archive of pages, one of them sent packed in chunks, with a record cut off at the end."""
    first, second = ((PAGES / name).read_bytes() for name in ARCHIVED)
    packed = gzip.compress(first, mtime=0)
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (packed[:500], packed[500:], b""))
    records = [
        record(b"software: made by hand\r\n", kind="warcinfo", number=0),
        record(respond(chunked, Content_Encoding="gzip", Transfer_Encoding="chunked"), number=1),
        record(respond(b"gone", status="404 Not Found"), number=2),
        record(respond(second, media_type="text/html"), number=3),
        record(number=4)[:-40],
    ]
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def read_golden(name: str, folder: Path) -> list[dict[str, Any]]:
    """What an input is read as, written to and read from this folder: an article or failure each."""
    path = folder / name
    path.write_bytes(golden_bytes(name))
    return [_describe(entry) for entry in captures(path)]


def to_text(entries: list[dict[str, Any]]) -> str:
    """The JSON of what an input is read as, a block a line."""
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def _describe(entry: Capture | Failure) -> dict[str, Any]:
    if isinstance(entry, Failure):
        return {"failure": entry.reason, "stage": entry.stage}
    article = read_article(entry)
    return {
        "capture": {"media_type": entry.media_type, "encoding": entry.encoding, "url": entry.url},
        "header": _describe_header(article),
        "blocks": [f"{block.kind}: {block.span.of(article.text)}" for block in article.blocks],
        "unknown": [unknown.field for unknown in article.unknowns],
        "not proven": _find_unproven(article, entry),
        "coverage": _describe_coverage(article.coverage),
    }


def _describe_header(article: Article) -> dict[str, Any]:
    return {
        "title": _field(article.title),
        "authors": [_field(one) for one in article.authors],
        "outlet": _field(article.outlet),
        "published_at": _moment(article.published_at),
        "updated_at": _moment(article.updated_at),
        "agencies": [_field(one) for one in article.agencies],
        "language": _field(article.language),
        "url": article.url,
    }


def _field(field: HeaderField | None) -> str | None:
    return f"{field.value} [{field.origin.name}]" if field else None


def _moment(moment: Moment | None) -> str | None:
    return (
        f"{moment.value} ({moment.precision}, zone {moment.zone}) [{moment.origin.name}]" if moment else None
    )


def _find_unproven(article: Article, capture: Capture) -> list[str]:
    """The blocks whose words are not found again in the bytes."""
    return [
        b.span.of(article.text) for b in article.blocks if is_proven(article, capture, b.span) is not True
    ]


def _describe_coverage(coverage: Coverage | None) -> dict[str, Any] | None:
    if coverage is None:
        return None
    return {
        "visible words": coverage.visible_words,
        "article words": coverage.article_words,
        "left out": {one.kind: f"{one.blocks} blocks, {one.words} words" for one in coverage.left_out},
        "dropped": [one.words for one in coverage.dropped],
    }


def main() -> None:
    """Writes every expected file anew and prints the difference."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name in golden_names():
            path = EXPECTED / f"{name}.json"
            before = path.read_text(encoding="utf-8") if path.exists() else ""
            after = to_text(read_golden(name, Path(folder)))
            print(
                "".join(
                    difflib.unified_diff(
                        *(text.splitlines(keepends=True) for text in (before, after)),
                        f"{name} before",
                        f"{name} after",
                        n=1,
                    )
                ),
                end="",
            )
            path.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
