"""The examples of the README, the tutorial and the how-to of reading run as written.

Python examples stand alone. Commands in blocks marked `sh` run in order, a page in a folder of its own.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.engine import LONGEST_TEXT_CHARS
from onrecord.ingest import capture, feeds, html, lined, listing, page_tree, streams
from onrecord.ingest.coverage import LINKS, OTHER
from onrecord.ingest.fetch import LIMITS
from onrecord.ingest.page_features import PART_KINDS, PART_TAGS
from onrecord.ingest.site_furniture import BY_SITE
from tests.ingest.archives import pack, record
from tests.ingest.test_wacz import write_zip

ROOT = Path(__file__).resolve().parents[1]
PYTHON_BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
SHELL_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
TUTORIAL, READING = ROOT / "docs" / "tutorial.md", ROOT / "docs" / "reading.md"
WHO_WHEN_WHERE, KEEPING = ROOT / "docs" / "who-when-where.md", ROOT / "docs" / "keeping.md"
BLOCKS = [
    (path.name, k, code)
    for path in (ROOT / "README.md", TUTORIAL, WHO_WHEN_WHERE, KEEPING)
    for k, code in enumerate(PYTHON_BLOCK.findall(path.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize(("page", "number", "code"), BLOCKS, ids=[f"{p}-{k}" for p, k, _ in BLOCKS])
def test_a_python_example_runs_and_prints(page, number, code, tmp_path):
    sample = ROOT / "samples" / "dam-gates-president.txt"
    (tmp_path / "article.txt").write_bytes(sample.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize(
    "words",
    [
        ["demo"],
        ["demo", "--list"],
        ["demo", "bridge-harrow-ledger.txt"],
        [
            "read",
            "article.txt",
            "--published",
            "20 March 2024 15:02 CET",
            "--url",
            "https://outlet.example/story",
        ],
        ["read", "article.txt", "--html", "-o", "record.html"],
        ["read", "article.txt", "--json"],
    ],
    ids=" ".join,
)
def test_a_command_of_the_tutorial_succeeds(words, tmp_path):
    sample = ROOT / "samples" / "dam-gates-president.txt"
    (tmp_path / "article.txt").write_bytes(sample.read_bytes())
    command = [sys.executable, "-m", "onrecord", *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr


def write_sources(folder):
    """One source of each kind that the pages name, in this folder."""
    shutil.copytree(ROOT / "samples", folder / "samples")
    page = (ROOT / "samples" / "mayor-recount.html").read_bytes()
    said = "“The boat is not safe,” Captain Ilse Orr told the Harrow Ledger on Monday."
    (folder / "saved").mkdir()
    for path in (folder / "article.html", folder / "saved" / "a.html", folder / "saved" / "b.html"):
        path.write_bytes(page)
    shutil.copy(ROOT / "samples" / "dam-gates-president.txt", folder / "article.txt")
    (folder / "crawl.warc.gz").write_bytes(pack(record(), record(number=2)))
    write_zip(folder / "crawl.wacz", **{"archive/crawl.warc.gz": pack(record())})
    entry = (
        f"<item><title>Ferry</title><link>https://ledger.example/1</link><description>{said}</description>"
    )
    feed = f"<rss version='2.0'><channel><title>Ledger</title>{entry}</item></channel></rss>"
    (folder / "feed.xml").write_text(feed, "utf-8")
    items = [{"id": "1", "title": "Ferry", "content_text": said}]
    whole = {"version": "https://jsonfeed.org/version/1.1", "title": "Ledger", "items": items}
    (folder / "feed.json").write_text(json.dumps(whole), "utf-8")
    (folder / "rows.jsonl").write_text(json.dumps({"text": said}) + "\n", "utf-8")
    (folder / "story.json").write_text(json.dumps({"maintext": said, "title": "Ferry"}), "utf-8")
    (folder / "articles.csv").write_text(f'title,text\nFerry,"{said}"\n', "utf-8")
    (folder / "interviews.csv").write_text(f'Name,Body copy\nFerry,"{said}"\n', "utf-8")


def run_shell(script, folder):
    """What a shell makes of a script in which `onrecord` is the package under test."""
    named = f'onrecord() {{ "{sys.executable}" -m onrecord "$@"; }}\n'
    command = ["bash", "-euo", "pipefail", "-c", named + script]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def follow(page, folder):
    """What each `sh` block of a page came to, run in order in this folder."""
    write_sources(folder)
    return [(block, run_shell(block, folder)) for block in SHELL_BLOCK.findall(page.read_text("utf-8"))]


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory):
    """The folder in which the tutorial was followed, and what its blocks came to."""
    folder = tmp_path_factory.mktemp("tutorial")
    return folder, follow(TUTORIAL, folder)


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    """The same of the how-to of reading."""
    folder = tmp_path_factory.mktemp("reading")
    return folder, follow(READING, folder)


@pytest.fixture(scope="module")
def keeping(tmp_path_factory):
    """The same of the how-to of keeping a record."""
    folder = tmp_path_factory.mktemp("keeping")
    return folder, follow(KEEPING, folder)


@pytest.mark.parametrize("name", ["tutorial", "reading", "keeping"])
def test_every_command_of_a_page_succeeds(name, request):
    _, blocks = request.getfixturevalue(name)
    assert len(blocks) >= 3
    assert [(block, done.stderr) for block, done in blocks if done.returncode] == []


def test_the_tutorial_reads_two_rows_and_says_that_one_is_empty(tutorial):
    folder, blocks = tutorial
    lines = [json.loads(line) for line in (folder / "records.jsonl").read_text("utf-8").splitlines()]
    assert [line.get("reason") for line in lines] == [None, "EmptyInputError", None]
    assert "one row could not be read" in blocks[0][1].stdout


def test_the_tutorial_proves_a_record_and_finds_the_word_that_was_changed(tutorial):
    _, blocks = tutorial
    proven, changed = blocks[1][1].stdout, blocks[2][1].stdout
    assert "sound: " in proven
    assert "FAILED: " in changed
    assert "not as it was read" in changed


def test_the_how_to_of_keeping_finds_what_the_draft_gets_wrong(keeping):
    _, blocks = keeping
    told = "".join(done.stdout for block, done in blocks if "verify" in block)
    assert "ALTERED ! negation turned" in told
    assert "MISATTRIBUTED" in told
    assert "Something in the draft does not hold." in told


def test_what_the_how_to_corrects_is_in_what_it_exports(keeping):
    folder, _ = keeping
    (case,) = [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines()]
    wanted = json.loads((folder / "answer.json").read_text("utf-8"))["hits"][0]["statement_id"]
    assert wanted in json.dumps(case)
    assert wanted in (folder / "statements.csv").read_text("utf-8-sig")


def test_the_how_to_of_keeping_lists_every_format_and_no_other():
    from onrecord.export.formats import FORMATS

    told = set(re.findall(r"^\| `(\.[\w.-]+)` \|", KEEPING.read_text("utf-8"), re.MULTILINE))
    assert told == {FORMATS[name].suffixes[0] for name in FORMATS}


def test_the_checker_of_the_how_to_needs_nothing_of_onrecord_and_tells_a_changed_word(reading, tmp_path):
    (code,) = PYTHON_BLOCK.findall(READING.read_text("utf-8"))
    assert "import onrecord" not in code
    assert len(code.strip().splitlines()) <= 24
    lines = (reading[0] / "records.jsonl").read_text("utf-8")
    (tmp_path / "records.jsonl").write_text(lines, "utf-8")
    sound = run_python(code, tmp_path)
    assert sound.returncode == 0, sound.stderr
    assert "0 characters not mapped" in sound.stdout
    (tmp_path / "records.jsonl").write_text(lines.replace("nine votes", "ten votes"), "utf-8")
    changed = run_python(code, tmp_path)
    assert changed.returncode == 1
    assert "do not hold" in changed.stderr


def run_python(code, folder):
    """What a Python of its own makes of the code in this folder."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, check=False
    )


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        (capture.MAX_BYTES, "bytes, "),
        (html.MAX_ELEMENTS, "elements"),
        (page_tree.MAX_DEPTH, "deep"),
        (feeds.MAX_FEED_BYTES, "bytes"),
        (feeds.MAX_BROKEN_BYTES, "bytes and"),
        (feeds.MAX_BROKEN_ENTRIES, "entries"),
        (lined.MAX_LINE_CHARS, "characters a row or line"),
        (listing.SUMMARY_WORDS, "words is taken for a summary"),
        (listing.MOST_PAGES, "unless `--most` says otherwise"),
        (streams.MAX_RATIO, "times when unpacked"),
        (LONGEST_TEXT_CHARS, "characters of the article's text"),
        (int(LIMITS.connect_seconds), "s |"),
        (int(LIMITS.read_seconds), "s |"),
        (int(LIMITS.total_seconds), "s |"),
        (LIMITS.sent_bytes, "bytes |"),
        (LIMITS.body_bytes, "bytes |"),
        (LIMITS.redirects, "|"),
        (int(LIMITS.longest_pace_seconds), "s |"),
    ],
)
def test_a_limit_stands_in_the_how_to_as_it_is_in_the_code(amount, unit):
    page = " ".join(READING.read_text(encoding="utf-8").split())
    assert re.search(rf"(?<![\d,]){amount:,} {re.escape(unit.strip())}", page)


def test_every_kind_of_what_is_left_out_stands_in_the_how_to():
    kinds = {*PART_KINDS, *PART_TAGS.values(), LINKS, OTHER, BY_SITE, "title", "repeated"}
    page = READING.read_text(encoding="utf-8")
    assert {kind for kind in kinds if f"`{kind}`" not in page} == set()


def test_the_example_of_who_when_and_where_prints_what_it_says(tmp_path):
    page = WHO_WHEN_WHERE.read_text("utf-8")
    (code,) = PYTHON_BLOCK.findall(page)
    said = re.search(r"prints, among others:\n\n```\n(.*?)```", page, re.DOTALL)
    shutil.copy(ROOT / "samples" / "dam-gates-president.txt", tmp_path / "article.txt")
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert said is not None
    assert set(said[1].splitlines()) <= set(done.stdout.splitlines())
