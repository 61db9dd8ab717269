"""The how-to of the reading room says what is so: its example runs, its keys and limits are the code's."""

import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.cli.serve import PORT, serve
from onrecord.serve.search_export import MOST_EXPORTED
from onrecord.serve.settings import Settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reading-room.md").read_text("utf-8")


def test_the_example_asks_a_room_and_prints_what_was_said(room_url):
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    asked = code.replace(f"http://127.0.0.1:{PORT}", room_url).replace("q=bridge&speaker=Orrin", "q=bridge")
    assert asked != code
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "|" in done.stdout.splitlines()[0]
    assert "more:" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("key", re.findall(r"`([A-Z])` (?:accepts|rejects|corrects|skips|takes)", PAGE))
def test_a_key_of_the_page_presses_a_button(key):
    folder = files("onrecord.serve") / "templates"
    templates = "".join(one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".html"))
    assert f'data-key="{key.lower()}"' in templates


@pytest.mark.parametrize("option", sorted(set(re.findall(r"--[a-z][a-z-]+", PAGE))))
def test_an_option_of_the_page_is_one_of_the_command(option):
    assert option in {name for one in serve.params for name in one.opts}


def test_the_limits_of_the_page_are_those_of_the_code():
    assert f"up to {MOST_EXPORTED:,} statements" in PAGE
    assert f"larger than {Settings().most_bytes // 1_000_000} MB" in PAGE
