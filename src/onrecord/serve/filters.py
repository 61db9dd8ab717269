"""The form of a question: the words after a "?" in, its fields out as a page draws them, filled as given.

Pages draw it by the macro `filter_form` of _filters.html. What was given stays in it, wrong values too.
"""

import dataclasses
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.serve.asking import CHOICES, FIELDS

# Labels are of one or two words; the hint says what a field takes.
LABELS = {
    "q": "Words",
    "scope": "Search in",
    "speaker": "Speaker",
    "outlet": "Outlet",
    "form": "Form",
    "mode": "Mode",
    "via": "Via",
    "via_kind": "Kind of way",
    "when": "When",
    "said": "Said",
    "about_time": "Speaks of",
    "published": "Published",
    "place": "Place",
    "near": "Near",
    "status": "Judged",
    "meaning": "Meaning",
    "sort": "Order",
}
HINTS = {
    "speaker": "a name, or part of one",
    "outlet": "its name or host",
    "via": "words of who passed it on",
    "when": "a year, month, day or span: when it was said, else published",
    "said": "dates: only where it is known when",
    "about_time": "dates: the time it speaks of",
    "published": "dates: when the article came out",
    "place": "where it was said, or what it speaks of",
    "near": "degrees north, degrees east, km: 52.5,13.4,30",
    "meaning": "a sentence: finds what means much the same",
}
NAMES = {
    "statements": "what was said",
    "article": "whole articles",
    "direct": "direct: quoted word for word",
    "mixed": "mixed: partly quoted",
    "indirect": "indirect: reported",
    "accepted": "accepted",
    "corrected": "corrected",
    "unjudged": "by nobody yet",
    "date": "newest first",
    "oldest": "oldest first",
    "relevance": "best match to the words",
    "meaning": "nearest in meaning",
    "confidence": "least sure first",
}
COMMON = ("speaker", "outlet", "when", "form", "place", "sort")
USUAL = {"scope": "statements", "sort": "date"}  # nothing is chosen where these are


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: `choices` are (value, name); without any it takes text. `fault` is what is wrong with it."""

    name: str
    label: str
    hint: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    fault: str | None = None

    @property
    def kind(self) -> Literal["choice", "text"]:
        """How it is drawn."""
        return "choice" if self.choices else "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterForm:
    """A form: what it asks is sent to `action` by GET. `words` is None where it has no field for words.

    `rare` are folded away unless one of them is set. `kept` goes with it unseen.
    """

    action: str
    button: str
    words: Field | None
    common: tuple[Field, ...]
    rare: tuple[Field, ...]
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a rarer filter is set."""
        return any(field.value and field.value != USUAL.get(field.name) for field in self.rare)


def collect_given(params: Mapping[str, str]) -> dict[str, str]:
    """Every field of a question as it was given, "" where it was not."""
    return {name: params.get(name, "").strip() for name in FIELDS}


def make_form(
    params: Mapping[str, str],
    action: str = "/search",
    *,
    without: Container[str] = (),
    button: str = "Search",
    keep: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> FilterForm:
    """The form, filled; fields `without` which a page does are left out, `keep` is sent along unseen."""
    given, wrong = collect_given(params), faults or {}
    fields = {name: _make_field(name, given[name], wrong.get(name)) for name in FIELDS if name not in without}
    words = fields.pop("q", None)
    return FilterForm(
        action=action,
        button=button,
        words=words,
        common=tuple(fields[name] for name in COMMON if name in fields),
        rare=tuple(field for name, field in fields.items() if name not in COMMON),
        kept=tuple((keep or {}).items()),
    )


def name_speaker(form: FilterForm, name: str) -> FilterForm:
    """The form with the name of whom the id in the field of the speaker means."""
    named = (
        dataclasses.replace(field, hint=f"this is {name}") if field.name == "speaker" else field
        for field in form.common
    )
    return dataclasses.replace(form, common=tuple(named))


def _make_field(name: str, value: str, fault: str | None) -> Field:
    choices = tuple((choice, show_choice(choice)) for choice in CHOICES.get(name, ()))
    if choices and name not in USUAL:
        choices = (("", "any"), *choices)
    return Field(
        name=name,
        label=LABELS[name],
        hint=HINTS.get(name, ""),
        value=value,
        choices=choices,
        fault=fault,
    )


def show_choice(value: str) -> str:
    """A value of a filter as people read it.

    >>> show_choice("wrote_on"), show_choice("unjudged")
    ('wrote on', 'by nobody yet')
    """
    return NAMES.get(value) or value.replace("_", " ")
