"""`onrecord read`: order, faces, failures and exit codes, with a fake engine."""

import os
import subprocess
import sys

import pytest

from onrecord.record import Failure, Record, from_json
from tests.bridge import make_record

GOOD = b"An article."


def records_of(output):
    return [from_json(line) for line in output.splitlines()]


def test_one_article_becomes_a_table_and_exit_code_0(run):
    result = run("read", "a.txt", a=GOOD)
    assert result.exit_code == 0
    assert "Mira Vance" in result.stdout
    assert result.stderr == ""


def test_files_are_read_in_the_order_given(run):
    result = run("read", "b.txt", "a.txt", "--json", a=b"plain first", b=b"plain second")
    assert [r.article.text for r in records_of(result.stdout)] == ["plain second", "plain first"]


def test_a_failure_does_not_stop_the_files_after_it(run):
    result = run("read", "a.txt", "bad.txt", "b.txt", "--json", a=GOOD, bad=b"BINARY", b=GOOD)
    assert [type(r) for r in records_of(result.stdout)] == [Record, Failure, Record]
    assert result.exit_code == 1


def test_a_failure_is_said_on_stderr_with_its_file_and_cure(run):
    result = run("read", "bad.txt", bad=b"BINARY")
    assert result.stderr == "onrecord: bad.txt: This is a picture (PNG). Give the text.\n"
    assert result.stdout == ""


def test_a_failure_in_json_names_the_error_and_the_subject(run):
    (failure,) = records_of(run("read", "bad.txt", "--json", bad=b"BINARY").stdout)
    assert (failure.stage, failure.reason, failure.subject) == ("read", "BinaryInputError", "bad.txt")


def test_a_file_that_is_not_there_is_a_failure_of_that_file_alone(run):
    result = run("read", "gone.txt", "a.txt", a=GOOD)
    assert result.exit_code == 1
    assert "onrecord: gone.txt: The file cannot be opened: No such file" in result.stderr
    assert "Mira Vance" in result.stdout


def test_an_address_is_a_failure_that_says_what_to_do(run):
    result = run("read", "https://lantern.invalid/a")
    assert result.exit_code == 1
    assert "--url" in result.stderr


def test_an_endless_input_is_cut_off(run, monkeypatch):
    monkeypatch.setattr("onrecord.ingest.sources.MAX_BYTES", 4)
    result = run("read", "a.txt", a=GOOD)
    assert result.exit_code == 1
    assert "more than 4 bytes" in result.stderr


def test_counts_are_said_at_the_end_when_there_are_several(run):
    result = run("read", "a.txt", "bad.txt", a=GOOD, bad=b"BINARY")
    assert result.stderr.endswith("onrecord: 1 of 2 articles read, 1 could not be read; statements: 10.\n")


def test_an_unexpected_error_becomes_a_failure_that_points_to_debug(run):
    result = run("read", "bad.txt", "a.txt", "--json", bad=b"CRASH", a=GOOD)
    failure, record = records_of(result.stdout)
    assert (failure.reason, type(record)) == ("ZeroDivisionError", Record)
    assert "--debug" in result.stderr
    assert result.exit_code == 1


@pytest.mark.parametrize("arguments", [["--debug", "read", "bad.txt"], ["read", "--debug", "bad.txt"]])
def test_debug_lets_an_unexpected_error_through(run, arguments):
    assert isinstance(run(*arguments, bad=b"CRASH").exception, ZeroDivisionError)


def test_an_error_message_cannot_send_commands_to_the_terminal(run):
    assert "\x1b" not in run("read", "bad.txt", bad=b"CRASH").stderr


@pytest.mark.parametrize("body", [b"WEIGHTS", b"PART", b"IMPORT"])
def test_a_program_that_is_not_whole_ends_with_3(run, body):
    result = run("read", "bad.txt", "a.txt", bad=body, a=GOOD)
    assert result.exit_code == 3
    assert result.stderr.startswith("onrecord: ")
    assert result.stdout == ""


def test_ctrl_c_ends_quietly_with_130(run):
    result = run("read", "bad.txt", bad=b"INTERRUPT")
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "")


def test_a_dash_reads_standard_input(run, engine):
    result = run("read", "-", stdin=b"from \xff stdin")
    assert result.exit_code == 0
    assert engine.calls[0]["source"] == b"from \xff stdin"


def test_published_and_url_reach_the_engine(run, engine):
    run("read", "a.txt", "--published", "3 May 2031", "--url", "https://lantern.invalid/", a=GOOD)
    assert engine.calls == [{"source": GOOD, "url": "https://lantern.invalid/", "published": "3 May 2031"}]


def test_json_gives_back_the_record_without_the_bytes(run):
    (record,) = records_of(run("read", "a.txt", "--json", a=GOOD).stdout)
    assert record.capture.body is None
    assert record.statements == make_record().statements


def test_keep_body_keeps_the_bytes_in_json(run):
    (record,) = records_of(run("read", "a.txt", "--json", "--keep-body", a=GOOD).stdout)
    assert record == make_record()


def test_spoken_leaves_out_thought_and_notes_how_many(run):
    (record,) = records_of(run("read", "a.txt", "--json", "--spoken", a=GOOD).stdout)
    assert {s.mode for s in record.statements} == {"said", "wrote", None}
    assert record.notes[-1].reason == "spoken_only"
    assert record.notes[-1].detail.endswith("2.")


def test_html_of_one_file_goes_to_stdout(run):
    assert run("read", "a.txt", "--html", a=GOOD).stdout.startswith("<!doctype html>")


def test_html_of_several_files_goes_into_a_folder_without_overwriting(run, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(GOOD)
    result = run("read", "a.txt", "sub/a.txt", "--html", "-o", "pages", a=GOOD)
    assert result.exit_code == 0
    assert sorted(p.name for p in (tmp_path / "pages").iterdir()) == ["a-2.html", "a.html"]


def test_output_goes_to_a_file_without_colour(run, tmp_path):
    result = run("read", "a.txt", "-o", "out.txt", a=GOOD)
    assert result.stdout == ""
    written = (tmp_path / "out.txt").read_text("utf-8")
    assert "Mira Vance" in written
    assert "\x1b" not in written


WRONG_LINES = {
    "no file": ["read"],
    "a file without a name": ["read", ""],
    "two faces": ["read", "a.txt", "--json", "--html"],
    "several pages without a folder": ["read", "a.txt", "b.txt", "--html"],
    "several pages to standard output": ["read", "a.txt", "b.txt", "--html", "-o", "-"],
    "several pages into a file": ["read", "a.txt", "b.txt", "--html", "-o", "c.txt"],
    "one address for several": ["read", "a.txt", "b.txt", "--url", "https://lantern.invalid/"],
    "bytes in a table": ["read", "a.txt", "--keep-body"],
    "output over an input": ["read", "a.txt", "-o", "a.txt"],
    "a moment without a year": ["read", "a.txt", "--published", "3 May"],
    "a moment that is none": ["read", "a.txt", "--published", "someday"],
    "an empty moment": ["read", "a.txt", "--published", ""],
    "output in no folder": ["read", "a.txt", "-o", "gone/out.txt"],
    "unknown option": ["read", "a.txt", "--nothing"],
    "unknown command": ["nothing"],
}


@pytest.mark.parametrize("wrong", WRONG_LINES)
def test_a_wrong_command_line_ends_with_2_and_reads_nothing(run, engine, wrong):
    result = run(*WRONG_LINES[wrong], a=GOOD, b=GOOD, c=b"")
    assert result.exit_code == 2
    assert "Error: " in result.stderr or "Usage: " in result.stderr
    assert engine.calls == []


def test_a_moment_that_cannot_be_read_is_named_with_the_reason_and_the_cure(run):
    said = " ".join(run("read", "a.txt", "--published", "3 May", a=GOOD).stderr.split())
    assert "--published '3 May' cannot be read. No year is stated. Give ISO 8601" in said


def test_an_output_that_cannot_be_written_in_full_ends_with_1(run):
    if not os.path.exists("/dev/full"):
        pytest.skip("this machine has no /dev/full, a device that is always full")
    result = run("read", "a.txt", "-o", "/dev/full", a=GOOD)
    assert result.exit_code == 1
    assert "The output cannot be written: No space left" in result.stderr


def test_an_input_is_never_overwritten(run, tmp_path):
    run("read", "a.txt", "-o", "a.txt", a=GOOD)
    assert (tmp_path / "a.txt").read_bytes() == GOOD


@pytest.mark.parametrize("names", [["a.html"], ["a.txt", "a.html"], ["sub/a.html", "a.html"]])
def test_a_page_never_overwrites_an_input(run, engine, tmp_path, names):
    (tmp_path / "sub").mkdir()
    for file in (tmp_path / "a.html", tmp_path / "sub" / "a.html"):
        file.write_bytes(GOOD)
    result = run("read", *names, "--html", "-o", ".", a=GOOD)
    assert (result.exit_code, engine.calls) == (2, [])
    assert "a.html is an input" in result.stderr
    assert (tmp_path / "a.html").read_bytes() == GOOD


def test_a_page_never_overwrites_an_input_through_a_link(run, tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").symlink_to(tmp_path / "a.txt")
    assert run("read", "a.txt", "--html", "-o", "pages", a=GOOD).exit_code == 2
    assert (tmp_path / "a.txt").read_bytes() == GOOD


def test_pages_are_named_after_their_inputs_even_where_one_fails(run, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(GOOD)
    run("read", "a.txt", "sub/a.txt", "--html", "-o", "pages", a=b"BINARY")
    assert [p.name for p in (tmp_path / "pages").iterdir()] == ["a-2.html"]


UNMADE = {
    "a page of what cannot be read": (["--html"], b"BINARY", 1),
    "a table of what cannot be read": ([], b"BINARY", 1),
    "lines of a program that is not whole": (["--json"], b"WEIGHTS", 3),
    "lines that were interrupted": (["--json"], b"INTERRUPT", 130),
}


@pytest.mark.parametrize("unmade", UNMADE)
def test_an_output_that_fails_leaves_the_file_as_it_was(run, tmp_path, unmade):
    face, body, code = UNMADE[unmade]
    names = ["bad.txt"] if code == 1 else ["a.txt", "bad.txt"]
    result = run("read", *names, *face, "-o", "out.txt", a=GOOD, bad=body, out=b"of yesterday")
    assert result.exit_code == code
    assert (tmp_path / "out.txt").read_bytes() == b"of yesterday"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "bad.txt", "out.txt"]


def test_a_page_that_cannot_be_made_leaves_the_one_in_the_folder(run, tmp_path):
    (tmp_path / "a.html").write_bytes(b"of yesterday")
    assert run("read", "a.txt", "--html", "-o", ".", a=b"BINARY").exit_code == 1
    assert (tmp_path / "a.html").read_bytes() == b"of yesterday"


def test_an_output_replaces_the_file_and_keeps_its_link_and_mode(run, tmp_path):
    (tmp_path / "link.txt").symlink_to("out.txt")
    (tmp_path / "out.txt").write_bytes(b"of yesterday")
    (tmp_path / "out.txt").chmod(0o640)
    assert run("read", "a.txt", "--json", "-o", "link.txt", a=GOOD).exit_code == 0
    assert len(records_of((tmp_path / "out.txt").read_text("utf-8"))) == 1
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "out.txt").stat().st_mode & 0o777 == 0o640


def test_json_lines_of_failures_are_an_output_like_any_other(run, tmp_path):
    assert run("read", "bad.txt", "--json", "-o", "out.txt", bad=b"BINARY", out=b"old").exit_code == 1
    assert [type(r) for r in records_of((tmp_path / "out.txt").read_text("utf-8"))] == [Failure]


def test_an_output_may_be_a_device(run):
    assert run("read", "a.txt", "-o", os.devnull, a=GOOD).exit_code == 0


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_both_help_flags_show_the_exit_codes(run, flag):
    assert "Exit codes:" in run("read", flag).stdout


def test_version_is_shown(run):
    assert run("--version").stdout.startswith("onrecord, version ")


def run_python(code, **options):
    """The code in a fresh Python that finds what this one finds."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False, **options)


def test_importing_the_command_line_loads_nothing_heavy():
    heavy = ("rich", "numpy", "onnxruntime", "lxml", "trafilatura", "dateparser", "tokenizers")
    code = f"import sys, onrecord.cli; print([m for m in {heavy!r} if m in sys.modules])"
    assert run_python(code).stdout.strip() == b"[]"


def test_a_reader_that_goes_away_ends_the_program_quietly():
    code = (
        "import os, sys, onrecord.engine\n"
        "from tests.bridge import make_record\n"
        "class Fake:\n"
        "    def __init__(self, **_): pass\n"
        "    def read_capture(self, capture, **_): return make_record()\n"
        "onrecord.engine.Engine = Fake\n"
        "near, far = os.pipe()\n"
        "os.close(near)\n"
        "os.dup2(far, 1)\n"
        "from onrecord.cli import main\n"
        "main(['read', '-'])\n"
    )
    result = run_python(code, input=b"x")
    assert (result.returncode, result.stderr) == (0, b"")
