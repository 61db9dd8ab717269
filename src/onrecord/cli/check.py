"""`onrecord check`: records with their bytes in, what of them the bytes bear out."""

import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from onrecord.cli.exits import debug_option, say
from onrecord.errors import CodecError, OnrecordError
from onrecord.export.visible import show_line
from onrecord.record import Failure, Record, from_json

if TYPE_CHECKING:
    from onrecord.engine import Engine
    from onrecord.ingest.proof import FailedSpan, Proof, UnmappedSpan

UNSOUND = 1
MAX_SHOWN_CHARS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One line of a file of records: what its record proves, or why nothing could be looked at.

    `differences` are the fields in which a reading anew differs, None where it was not asked for.
    """

    source: str
    line: int
    proof: "Proof | None" = None
    error: str | None = None
    note: str | None = None
    differences: tuple[str, ...] | None = None

    @property
    def is_sound(self) -> bool:
        """Whether nothing of it failed."""
        return self.error is None and (self.proof is None or self.proof.is_sound) and not self.differences

    @property
    def is_failure(self) -> bool:
        """Whether the line is no record but tells of something that could not be read."""
        return self.proof is None and self.error is None


@click.command()
@click.argument(
    "records",
    metavar="RECORD...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
)
@click.option(
    "--bytes",
    "body",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The captured bytes of a single record, in place of those it holds.",
)
@click.option(
    "--reread", is_flag=True, help="Also read the article anew, and say what comes out otherwise today."
)
@click.option("-v", "--verbose", is_flag=True, help="Also list the spans that are not mapped.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each record.")
@debug_option
@click.pass_context
def check(context: click.Context, /, **given: Any) -> None:
    """Prove records by the bytes they were read from, offline.

    Each RECORD is a file of records, as `onrecord read --json --keep-body` writes it; "-" is standard
    input. Of each record the hash of the bytes, their encoding, the ids, and the place of every span in
    the bytes are derived again. A span is proven where the bytes hold its words; not mapped where the
    record does not lead to them, as with a title that the page's markup alone states; failed where the
    bytes hold something else. With --reread, what was read with --learn-furniture and lacks something for
    it is not read anew: that hangs on other pages.

    \b
    Exit codes:
      0  nothing failed: every span is proven, or said to be not mapped
      1  a span or hash failed, the bytes are missing, a line is no record, or there is none
      2  the command line is wrong
    """
    found = _iter_entries(given["records"])
    entries = list(found) if given["body"] else found
    body = _read_body(given["body"], entries) if isinstance(entries, list) else None
    rereader = Rereader() if given["reread"] else None
    counts = Counter[str]()
    for source, line, entry in entries:
        checked = _check_entry(source, line, entry, body=body, rereader=rereader)
        click.echo(_as_json(checked) if given["as_json"] else _as_text(checked, verbose=given["verbose"]))
        _count(counts, checked)
    _say_counts(counts)
    if counts["sound"] < max(counts["lines"], 1):
        context.exit(UNSOUND)


class Rereader:
    """Reads articles anew from their bytes; the engine is started at the first."""

    @cached_property
    def _engine(self) -> "Engine":
        from onrecord.engine import Engine

        return Engine(say=say)

    def compare(self, record: Record, body: bytes | None) -> tuple[str, ...]:
        """The fields that come out otherwise than they stand in the record."""
        from onrecord.cli.reading import keep_spoken
        from onrecord.ingest.proof import list_differences

        capture = record.capture if body is None else dataclasses.replace(record.capture, body=body)
        moment = record.article.published_at
        given = moment.raw if moment and moment.origin.kind == "given" else None
        again = self._engine.read_capture(capture, published=given)
        if any(note.reason == "spoken_only" for note in record.notes):
            again = keep_spoken(again)
        return list_differences(record, again)


def _iter_entries(names: Sequence[str]) -> Iterator[tuple[str, int, Record | Failure | CodecError]]:
    """Every line of the files with what it holds, blank ones left out."""
    for name in names:
        with ExitStack() as stack:
            stream: BinaryIO = sys.stdin.buffer if name == "-" else stack.enter_context(Path(name).open("rb"))
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield name, number, _read_line(line)


def _read_line(line: bytes) -> Record | Failure | CodecError:
    try:
        return from_json(line.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        return CodecError(f"The line is not UTF-8: {error}.")
    except CodecError as error:
        return error


def _read_body(path: Path, entries: list[Any]) -> bytes:
    if len(entries) != 1:
        raise click.UsageError(f"--bytes are those of one record, and there are {len(entries)}.")
    return path.read_bytes()


def _check_entry(
    source: str,
    line: int,
    entry: Record | Failure | CodecError,
    *,
    body: bytes | None,
    rereader: Rereader | None,
) -> Checked:
    if isinstance(entry, CodecError):
        return Checked(source=source, line=line, error=str(entry))
    if isinstance(entry, Failure):
        note = f"nothing to prove: {entry.subject} could not be read ({entry.reason})"
        return Checked(source=source, line=line, note=note)
    from onrecord.ingest.proof import check_record
    from onrecord.ingest.site_furniture import lacks_repeated

    proof = check_record(entry, body=body)
    checked = Checked(source=source, line=line, proof=proof)
    if rereader is None or any(fault.what in {"bytes", "encoding"} for fault in proof.faults):
        return checked
    if lacks_repeated(entry.article):
        note = "not read anew, because what its site repeats was learned from other pages"
        return dataclasses.replace(checked, note=note)
    try:
        return dataclasses.replace(checked, differences=rereader.compare(entry, body))
    except OnrecordError as error:
        return dataclasses.replace(checked, error=f"It cannot be read anew: {error}")


def _count(counts: Counter[str], checked: Checked) -> None:
    counts["lines"] += 1
    counts["failures"] += checked.is_failure
    counts["sound"] += checked.is_sound
    if checked.proof:
        counts["proven"] += checked.proof.proven
        counts["unmapped"] += len(checked.proof.unmapped)
        counts["failed"] += len(checked.proof.failed)


def _say_counts(counts: Counter[str]) -> None:
    if counts["lines"] > 1:
        failures = counts["failures"]
        beside = (
            f" Lines that tell of a failure to read, with nothing to prove: {failures}." if failures else ""
        )
        say(
            f"{counts['sound'] - failures} of {counts['lines'] - failures} records are sound; "
            f"spans: {counts['proven']:,} proven, {counts['unmapped']:,} not mapped, "
            f"{counts['failed']:,} failed.{beside}"
        )
    if not counts["lines"]:
        say("There is no record to check.")


def _as_json(checked: Checked) -> str:
    """One line: the proof with its place, and the verdict."""
    return json.dumps(
        {
            "source": checked.source,
            "line": checked.line,
            "sound": checked.is_sound,
            "proof": dataclasses.asdict(checked.proof) if checked.proof else None,
            "error": checked.error,
            "note": checked.note,
            "differences": checked.differences,
        },
        sort_keys=True,
    )


def _as_text(checked: Checked, *, verbose: bool) -> str:
    """A line for the record, and one below it for each thing that failed."""
    lines = [f"{checked.source}:{checked.line}: {_verdict(checked)}"]
    proof = checked.proof
    if proof:
        lines += [f"  {fault.what}: {fault.detail}" for fault in proof.faults]
        lines += [line for failed in proof.failed for line in _show_failed(failed)]
        lines += [_show_unmapped(one) for one in proof.unmapped] if verbose else []
    if checked.differences:
        lines.append(f"  read anew, these come out otherwise: {', '.join(checked.differences)}")
    return "\n".join(_clean(line) for line in lines)


def _verdict(checked: Checked) -> str:
    if checked.proof is None:
        return checked.error or checked.note or ""
    proof = checked.proof
    counts = [f"{proof.proven:,} spans proven"]
    counts += [f"{len(proof.unmapped):,} not mapped"] if proof.unmapped else []
    counts += [f"{len(proof.failed):,} failed"] if proof.failed else []
    counts += [f"{proof.corrected:,} statements corrected by people"] if proof.corrected else []
    counts += ["read anew the same"] if checked.differences == () else []
    counts += [words for words in (checked.note, checked.error) if words]
    word = "sound" if checked.is_sound else "FAILED"
    return f"{word}: {', '.join(counts)} · {proof.url or proof.article_id}"


def _show_failed(failed: "FailedSpan") -> Iterator[str]:
    places = ", ".join(f"{place.start_byte:,}–{place.end_byte:,}" for place in failed.places)
    held = f"“{_cut(failed.held)}”" if failed.held else "nothing of it"
    yield f"  failed {failed.field} {failed.span.start_char}–{failed.span.end_char}: “{_cut(failed.words)}”"
    yield f"    the bytes {places} hold {held}"


def _show_unmapped(one: "UnmappedSpan") -> str:
    return f"  not mapped {one.field}: “{_cut(one.words)}” {one.reason}"


def _cut(words: str) -> str:
    return words if len(words) <= MAX_SHOWN_CHARS else f"{words[:MAX_SHOWN_CHARS]}…"


def _clean(line: str) -> str:
    """The line with nothing in it that acts on a terminal; its indentation stays."""
    return line[: len(line) - len(line.lstrip())] + show_line(line)
