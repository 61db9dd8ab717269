"""Rules of robots.txt: whom they name, and files that are made to harm."""

import time

import pytest

from onrecord.ingest.robots import MOST_BYTES, Robots, read_robots

PAGE = "http://beltown.example/a?b=c"


def test_without_rules_everything_is_allowed_at_once():
    assert Robots().allows(PAGE)
    assert Robots().pause_seconds() == 0


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff\xfe", b"<html>Not found", b"Disallow: /", b"User-agent: other\nDisallow: /"]
)
def test_what_names_neither_us_nor_all_forbids_nothing(body: bytes):
    assert read_robots(body).allows(PAGE)


@pytest.mark.parametrize("agent", ["*", "onrecord", "OnRecord", "other\nUser-agent: onrecord"])
def test_a_rule_that_names_us_or_all_holds(agent: str):
    assert not read_robots(f"\ufeffUser-agent: {agent}\nDisallow: /a".encode()).allows(PAGE)


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("Disallow: /a\nAllow: /a?b", True),
        ("Allow: /\nDisallow: /*?", False),
        ("Disallow: /a$", True),
        ("Disallow: /a?b=c$", False),
    ],
)
def test_the_longest_rule_decides(rules: str, allowed: bool):
    assert read_robots(f"User-agent: *\n{rules}".encode()).allows(PAGE) is allowed


def test_a_rule_past_the_limit_is_not_read():
    padding = b"# a line of nothing\n" * (MOST_BYTES // 20 + 1)
    assert read_robots(padding + b"User-agent: *\nDisallow: /").allows(PAGE)


def test_a_rule_of_many_wildcards_takes_no_time():
    robots = read_robots(b"User-agent: *\nDisallow: /" + b"*a" * 50 + b"$")
    began = time.monotonic()
    assert robots.allows("http://beltown.example/" + "a" * 3000 + "b")
    assert time.monotonic() - began < 1
