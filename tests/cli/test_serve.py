"""`onrecord serve`: the room opens where it is safe, and says how where it is not."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.cli.serve import serve
from tests.serve.serving import fill_collection

SOON = 60
READS, WRITES = "read-read-read-read", "write-write-write-write"


@pytest.fixture
def record(tmp_path):
    where = tmp_path / "news.onrecord"
    fill_collection(where).close()
    return where


@pytest.fixture
def opened(monkeypatch):
    """What would be served, and where, in place of serving it."""
    seen = []

    def listen(app, place, tell):
        seen.append((app.app.settings, place))
        tell(place.name_address(place.port))

    monkeypatch.setattr("onrecord.serve.listening.listen", listen)
    for name in ("ONRECORD_FILE", "ONRECORD_READ_TOKEN", "ONRECORD_WRITE_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return seen


def run(*words):
    return CliRunner().invoke(main, ["serve", *map(str, words)], prog_name="onrecord")


def test_the_room_is_on_this_machine_alone_and_its_address_is_printed(opened, record):
    result = run(record)
    assert (result.exit_code, result.stdout) == (
        0,
        "Reading room of news.onrecord: http://127.0.0.1:8090  (Ctrl-C ends it)\n",
    )
    ((settings, place),) = opened
    assert (place.host, settings.tokens, settings.secure, settings.fetch) == ("127.0.0.1", (), False, True)


def test_the_record_is_named_as_in_every_command(opened, record):
    assert run("--in", record).exit_code == 0
    assert CliRunner().invoke(main, ["serve"], env={"ONRECORD_FILE": str(record)}).exit_code == 0
    assert CliRunner().invoke(main, ["serve", str(record)], env={"ONRECORD_FILE": "other"}).exit_code == 0
    assert (run(record, "--in", record).exit_code, run().exit_code) == (2, 2)


def test_a_record_that_is_not_there_is_made_and_that_is_said(opened, tmp_path):
    result = run(tmp_path / "new.onrecord")
    assert "a new one was made" in result.stderr
    assert (tmp_path / "new.onrecord").is_file()


def test_a_record_that_is_not_there_cannot_be_read_only(opened, tmp_path):
    result = run(tmp_path / "new.onrecord", "--read-only")
    assert (result.exit_code, (tmp_path / "new.onrecord").exists(), opened) == (1, False, [])


def test_what_is_turned_off_is_off(opened, record):
    run(record, "--read-only", "--no-fetch")
    assert (opened[0][0].read_only, opened[0][0].fetch) == (True, False)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--host", "0.0.0.0"], "beyond this machine"),
        (["--host", "192.0.2.4", "--name", "news.example"], "--cert and --key"),
        (["--host", "::"], "beyond this machine"),
        (["--cert", "cert.pem"], "belong together"),
        (["--cert", "a", "--key", "b", "--behind-proxy"], "give one of them"),
        (["--behind-proxy"], "--name HOST"),
        (["--behind-proxy", "--name", "news.example", "--host", "0.0.0.0"], "leave --host 0.0.0.0 out"),
        (["--host", "0.0.0.0", "--cert", "a", "--key", "b"], "--name HOST"),
        (["--behind-proxy", "--name", "https://news.example"], "without https://"),
        (["--behind-proxy", "--name", "news.example:443"], "without a port"),
        (["--port", "70000"], "65535"),
    ],
)
def test_where_others_could_listen_in_or_nobody_could_come_nothing_is_served(opened, record, words, told):
    result = run(record, *words)
    assert (result.exit_code, opened) == (2, [])
    assert told in result.stderr


def test_beyond_this_machine_two_tokens_are_made_and_told_once(opened, record):
    result = run(record, "--behind-proxy", "--name", "News.Example")
    settings = opened[0][0]
    assert [token.right for token in settings.tokens] == ["read", "write"]
    assert all(result.stderr.count(token.secret) == 1 for token in settings.tokens)
    assert all(token.secret not in result.stdout for token in settings.tokens)
    assert (settings.secure, "news.example" in settings.hosts) == (True, True)


def test_over_tls_the_address_that_is_printed_is_that_of_the_readers(opened, record):
    words = ["--host", "0.0.0.0", "--name", "news.example", "--cert", "a.pem", "--key", "b.pem"]
    assert "https://news.example:8090 " in run(record, *words).stdout
    assert "http://127.0.0.1:8090 " in run(record, "--behind-proxy", "--name", "news.example").stdout


def test_a_record_served_to_be_read_gets_a_token_to_read_alone(opened, record):
    run(record, "--behind-proxy", "--name", "news.example", "--read-only")
    assert [token.right for token in opened[0][0].tokens] == ["read"]


def test_tokens_are_taken_from_files_and_the_environment_and_not_told(opened, record, tmp_path):
    (tmp_path / "token").write_text(f"{READS}\n", encoding="utf-8")
    words = ["serve", str(record), "--read-token", str(tmp_path / "token")]
    result = CliRunner().invoke(main, words, env={"ONRECORD_WRITE_TOKEN": WRITES})
    assert {token.secret: token.right for token in opened[0][0].tokens} == {READS: "read", WRITES: "write"}
    assert READS not in result.output
    assert WRITES not in result.output


def test_a_token_in_place_of_its_file_is_refused_and_not_repeated(opened, record):
    result = run(record, "--write-token", WRITES)
    assert (result.exit_code, WRITES in result.output) == (2, False)
    assert "the name of a file" in result.output


@pytest.mark.parametrize(
    "env",
    [
        {"ONRECORD_READ_TOKEN": "short"},
        {"ONRECORD_READ_TOKEN": ""},
        {"ONRECORD_READ_TOKEN": READS, "ONRECORD_WRITE_TOKEN": READS},
    ],
    ids=str,
)
def test_a_token_that_is_easily_guessed_or_opens_both_is_refused(opened, record, env):
    result = CliRunner().invoke(main, ["serve", str(record)], env=env)
    assert (result.exit_code, opened) == (2, [])


def test_a_missing_part_is_named_with_what_installs_it(opened, record, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = run(record)
    assert result.exit_code == 3
    assert "pip install 'onrecord[serve]'" in result.stderr


def test_the_browser_is_opened_where_that_is_asked_for(opened, record, monkeypatch):
    launched = []
    monkeypatch.setattr("click.launch", launched.append)
    run(record)
    run(record, "--no-open")
    run(record, "--open")
    assert launched == ["http://127.0.0.1:8090"]


def test_no_option_takes_a_token_itself():
    told = {option.name: option.help for option in serve.params if "token" in option.name}
    assert all(text.startswith("A file that holds") for text in told.values())
    assert len(told) == 2


@pytest.fixture
def room(record):
    """A room that is really served, by its process and address."""
    words = [sys.executable, "-m", "onrecord", "serve", str(record), "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as served:
        line = served.stdout.readline()
        try:
            yield served, line.split()[4]
        finally:
            served.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_room_answers_until_it_is_ended_and_ends_well(room, number):
    served, address = room
    with urllib.request.urlopen(f"{address}/api/counts", timeout=SOON) as answer:
        assert json.load(answer)["data"]["articles"] == 6
        assert "server" not in answer.headers
    os.kill(served.pid, number)
    _, told = served.communicate(timeout=SOON)
    assert (served.returncode, told) == (0, "onrecord: Ended. What was read until then is kept.\n")


def test_another_name_too_long_a_head_and_a_taken_port_are_refused(room, record):
    _, address = room
    for headers, status in (({"host": "evil.example"}, 421), ({"cookie": "a" * 40_000}, 431)):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=SOON)
        assert refused.value.code == status
        refused.value.close()
    words = [sys.executable, "-m", "onrecord", "serve", str(record), "--port", address.rpartition(":")[2]]
    result = subprocess.run(words, capture_output=True, text=True, check=False, timeout=SOON)
    assert result.returncode == 1
    assert "--port 0 takes any that is free" in result.stderr
