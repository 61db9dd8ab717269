"""Lines made to be slow to match: every rule for lines reads each of them in no time.

Most were found by trying pieces in all orders; some stood on real pages.
"""

import itertools
import time

import pytest

from onrecord.ingest import make_capture, read_article
from onrecord.ingest.byline import read_byline
from onrecord.ingest.dates import find_moments
from onrecord.ingest.furniture import furniture_rule
from onrecord.ingest.names import is_role
from onrecord.ingest.page_names import clean_shown, clean_stated
from onrecord.ingest.pictures import picture_rule
from onrecord.ingest.signed import is_label, looks_dated, names_others, read_signed
from onrecord.ingest.speech import quotes_or_reports
from onrecord.ingest.stated import split_names

RULES = {
    "furniture_rule": furniture_rule,
    "picture_rule": picture_rule,
    "read_byline": read_byline,
    "read_signed": read_signed,
    "is_label": is_label,
    "is_role": is_role,
    "names_others": names_others,
    "looks_dated": looks_dated,
    "quotes_or_reports": quotes_or_reports,
    "clean_shown": clean_shown,
    "clean_stated": clean_stated,
    "split_names": split_names,
    "find_moments": lambda line: list(find_moments(line)),
}
PIECES = (
    "a", "Ab ", "12 /", "@", "é1“", "AP/", "Doe. ", "Jane Doe, ", "and ", "By ", "Photo: ", "(", "“", "'x",
    "...", "12:", "2024 ", "St. ", "| ", "–", "a.b@", "Mar ", "> b ", "中", "1.", "A/B ", ": ", "of the ",
    "»",
)  # fmt: skip
ENDS = ("", " AP/", "!", "Photo: “")


def shapes(length):
    return [(piece * (length // len(piece)) + end).strip() for piece, end in itertools.product(PIECES, ENDS)]


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("length", [115, 150, 400])
def test_a_rule_reads_a_line_of_repeated_pieces_at_once(name, length):
    RULES[name]("By Jane Doe, 3 May 2031")  # its tables are read the first time
    for line in shapes(length):
        started = time.process_time()
        RULES[name](line)
        assert time.process_time() - started < 0.2, line[:20]


@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
def test_an_article_of_such_lines_is_read_in_seconds(media_type):
    lines = [line for length in (115, 150, 400, 3_000) for line in shapes(length)]
    between = "</p>\n<p>" if media_type == "text/html" else "\n\n"
    text = f"<html><body><p>{between.join(lines)}</p>" if media_type == "text/html" else between.join(lines)
    started = time.process_time()
    read_article(make_capture(text.encode(), media_type=media_type))
    assert time.process_time() - started < 10


@pytest.mark.parametrize("mark", ["“", '"', "«", "„", "‘", "'", "(", "@", "/"])
def test_a_paragraph_of_marks_that_never_close_is_read_in_seconds(mark):
    text = f"<html><body><p>{(mark + 'word one ') * 40_000}</p></body></html>"
    started = time.process_time()
    read_article(make_capture(text.encode(), media_type="text/html"))
    assert time.process_time() - started < 5
