"""The how-to of who, when and where names rules, fields and kinds that are there, and all kinds that are."""

import dataclasses
import re
from pathlib import Path
from typing import get_args

import pytest

from onrecord.record import (
    Entity,
    GazetteerEntry,
    HopKind,
    PlaceKind,
    PlaceUse,
    PlaceValue,
    Record,
    Speaker,
    Statement,
    TimeValue,
)

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "who-when-where.md").read_text("utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
PACKAGE = ROOT / "src" / "onrecord"
CODE = "\n".join(
    path.read_text("utf-8")
    for pattern in ("extract/*.py", "language/en/*.tsv")
    for path in sorted(PACKAGE.glob(pattern))
)
RULES = re.findall(r"`(speaker|said_at|times|places)/(\w+)`", PAGE)
TYPES = (Record, Entity, Speaker, Statement, TimeValue, PlaceValue, GazetteerEntry)
FIELDS = {field.name for kind in TYPES for field in dataclasses.fields(kind)}


@pytest.mark.parametrize(("family", "name"), sorted(set(RULES)), ids="/".join)
def test_a_rule_of_the_how_to_is_a_rule_of_the_code(family, name):
    assert f"{family}/" in CODE
    assert re.search(rf'"{name}"|/{name}"|^{name}\t', CODE, re.MULTILINE)


def test_the_fields_in_its_tables_are_fields_of_the_record():
    cells = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", PAGE, re.MULTILINE)
    named = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} - set(get_args(HopKind))
    assert named >= {"mentions", "timex_value", "runners_up"}
    assert named <= FIELDS


@pytest.mark.parametrize("kind", get_args(HopKind))
def test_every_kind_of_hop_stands_in_the_how_to_and_in_the_glossary(kind):
    assert f"| `{kind}` |" in PAGE
    assert kind.replace("_", " ") in GLOSSARY


@pytest.mark.parametrize("use", get_args(PlaceUse))
def test_every_use_of_a_place_stands_in_the_how_to(use):
    assert f"`{use}`" in PAGE


@pytest.mark.parametrize("kind", get_args(PlaceKind))
def test_every_kind_of_place_stands_in_the_how_to(kind):
    assert kind in PAGE


def test_its_links_lead_to_pages_that_are_there():
    links = re.findall(r"\]\(([\w/.-]+)\)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
