"""What is dropped in at once: uploads, pasted texts and addresses in, inputs for a run of adding out.

Uploads lie in a folder of their own until they are read, under numbers: what somebody calls a file is shown
and kept, and never a path.
"""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO

from onrecord.collection.inputs import Input, is_address
from onrecord.errors import EmptyInputError, InputError, TooLargeError
from onrecord.record import Capture, Failure, StatedField
from onrecord.serve.settings import MOST_FILES

Crawl = Callable[[str], Iterator[Capture | Failure]]

MOST_ADDRESSES = 100  # of one drop: each may wait some seconds for its host
LONGEST_NAME = 120  # characters of what a file is called
LONGEST_ADDRESS = 2_000
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(slots=True, kw_only=True)
class Drop:
    """What is to be added together. Whoever fills it and does not start it calls `discard`."""

    inputs: list[Input] = field(default_factory=list)
    _folder: Path | None = None

    def add_file(self, name: str, stream: BinaryIO) -> None:
        """Puts a file of this name into it, which is copied; raises `TooLargeError`, `OSError`."""
        if len(self.inputs) >= MOST_FILES:
            raise TooLargeError(
                f"There are more than {MOST_FILES:,} files.", cure="Add them in several parts."
            )
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="onrecord-"))
        path = self._folder / str(len(self.inputs) + 1)
        with path.open("wb") as copy:
            shutil.copyfileobj(stream, copy, 1 << 20)
        self.inputs.append(_input_of_file(path, clean_name(name)))

    def add_text(
        self, text: str, *, title: str | None = None, url: str | None = None, published: str | None = None
    ) -> None:
        """Puts the text of one article into it, with what is known of it; raises `InputError`."""
        name = _name_text(text, title)
        address = complete_address(url) if url else None
        if address is not None and not is_address(address):
            raise InputError(
                f"{address!r:.80} is no address of the web.",
                cure="Give one that begins with https://, or none.",
            )
        find = partial(_capture_text, text, title, address)
        self.inputs.append(Input(name=name, find=find, published=published or None))

    def add_addresses(self, lines: str, crawl: Crawl | None) -> None:
        """Puts the pages at these addresses into it, one a line; raises `InputError`."""
        addresses = list(dict.fromkeys(filter(None, map(str.strip, lines.splitlines()))))
        if not addresses:
            return
        if crawl is None:
            raise InputError(
                "Nothing is fetched from addresses here.", cure="Save the page, and drop in the file."
            )
        if len(addresses) > MOST_ADDRESSES:
            raise TooLargeError(
                f"There are {len(addresses):,} addresses; {MOST_ADDRESSES} can be fetched at once.",
                cure="Add them in several parts.",
            )
        for address in map(complete_address, addresses):
            self.inputs.append(Input(name=address, find=partial(crawl, address)))

    def add_samples(self) -> None:
        """Puts the samples that come with the package into it; raises `MissingPartError`."""
        from onrecord.collection.samples import find_samples, load_samples, make_input

        folder = find_samples()
        self.inputs += [make_input(folder, sample) for sample in load_samples(folder)]

    def expect_some(self) -> "Drop":
        """Itself; raises `EmptyInputError` where nothing is in it."""
        if not self.inputs:
            raise EmptyInputError(
                "Nothing was given to add.", cure="Choose a file, paste a text, or give an address."
            )
        return self

    def name(self) -> str:
        """What it is called in a list: its first part, and how many there are beside it."""
        first = self.inputs[0].name if self.inputs else "nothing"
        more = len(self.inputs) - 1
        return f"{first} and {more:,} more" if more > 0 else first

    def discard(self) -> None:
        """Deletes the copies of its files."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def clean_name(given: str) -> str:
    """What a file is called: the last part of what a browser or program says, in one line, not too long.

    >>> clean_name("C:\\\\Users\\\\me\\\\council.html"), clean_name("../../etc/passwd"), clean_name("a/..")
    ('council.html', 'passwd', 'file without a name')
    """
    last = re.split(r"[/\\]", given)[-1]
    line = _in_one_line(last)
    if not line.strip(". "):
        return "file without a name"
    if len(line) <= LONGEST_NAME:
        return line
    ending = PurePath(line).suffix[:20]
    return f"{line[: LONGEST_NAME - len(ending) - 1]}…{ending}"


def complete_address(given: str) -> str:
    """An address as people write it, with https:// where they leave that out.

    >>> complete_address("news.example/bridge"), complete_address("http://news.example/")
    ('https://news.example/bridge', 'http://news.example/')
    """
    line = _in_one_line(given)
    if len(line) > LONGEST_ADDRESS:
        raise TooLargeError(
            f"The address {line[:60]}… has {len(line):,} characters; it may have {LONGEST_ADDRESS:,}.",
            cure="Give one address a line.",
        )
    return line if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)", line) else f"https://{line}"


def _in_one_line(words: str) -> str:
    """The words with each white space as one space, and a sign for what is never seen."""
    return _UNSEEN.sub("\ufffd", " ".join(words.split()))


def _input_of_file(path: Path, name: str) -> Input:
    from onrecord.collection.records import holds_records, iter_records
    from onrecord.ingest import captures

    records = partial(iter_records, path, name=name) if holds_records(path) else None
    return Input(name=name, find=partial(captures, path, name=name), records=records)


def _capture_text(text: str, title: str | None, url: str | None) -> Iterator[Capture | Failure]:
    from onrecord.ingest import make_capture

    body = text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")
    stated = (StatedField(field="title", value=title, place="as pasted"),) if title else ()
    yield make_capture(body, media_type="text/plain; charset=utf-8", url=url, stated=stated)


def _name_text(text: str, title: str | None) -> str:
    """What a pasted text is called: its title, else how it begins."""
    line = _in_one_line(title or text[:400])
    short = line if len(line) <= 60 else f"{line[:60].rsplit(' ', 1)[0]}…"
    return f"pasted text “{short}”" if short else "pasted text"
