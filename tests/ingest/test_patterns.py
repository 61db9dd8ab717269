"""No line of a page holds a reader up: every pattern answers lines made to make it try again and again."""

import importlib
import pkgutil
import re
import time

import pytest

import onrecord.ingest
from onrecord.ingest.byline import read_byline
from onrecord.ingest.furniture import furniture_rule
from onrecord.ingest.pictures import picture_rule
from onrecord.ingest.signed import read_signed

HOSTILE = (
    "a " * 60, "A " * 60, "Aa" * 60, "A.a." * 40, "a/" * 60, "A a/" * 40, "1 " * 60, "1:" * 60, ". " * 60,
    "(" * 120, "By " * 50, "A, " * 50, "A and " * 30, "-" * 120, "© " * 60, "x" * 150 + "!",
    "Foto: " + "A " * 60, "aaaa aaaa " * 14 + ". " + "abcd " * 20 + "/",
    "A" * 110 + ". " + "abcdefgh" * 12, "@a" * 60, "A'a’-" * 30,
)  # fmt: skip
# A hundred times what the slowest takes; the pattern that this test was written for took minutes.
SECONDS = 0.5


def patterns():
    for module in pkgutil.iter_modules(onrecord.ingest.__path__):
        held = vars(importlib.import_module(f"onrecord.ingest.{module.name}"))
        for name, value in held.items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield pytest.param(value, id=f"{module.name}.{name}")


def seconds(call, line):
    start = time.process_time()
    call(line)
    return time.process_time() - start


@pytest.mark.parametrize("pattern", list(patterns()))
def test_a_pattern_answers_a_hostile_line_at_once(pattern):
    for line in HOSTILE:
        assert max(seconds(pattern.search, line), seconds(pattern.fullmatch, line)) < SECONDS, line[:20]


@pytest.mark.parametrize("rule", [furniture_rule, picture_rule, read_byline, read_signed])
def test_a_rule_for_lines_answers_a_hostile_line_at_once(rule):
    for line in HOSTILE:
        assert seconds(rule, line) < SECONDS, line[:20]
