"""A piece of a text, and where a value came from: the two things every field rests on."""

from dataclasses import dataclass
from typing import Literal

OriginKind = Literal["rule", "model", "given", "markup"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Half-open bounds in code points: the value is `text[start_char:end_char]`.

    >>> Span(start_char=3, end_char=7).of("He said so.")
    'said'
    """

    start_char: int
    end_char: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_char < self.end_char:
            raise ValueError(f"A span needs 0 <= start < end, not {self.start_char} and {self.end_char}.")

    def of(self, text: str) -> str:
        """The characters of the text that the span covers."""
        return text[self.start_char : self.end_char]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start_char < other.end_char and other.start_char < self.end_char


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """How a value was made.

    `kind`: by a named rule, by a model, given by the caller, or read from the page's markup.
    `name` and `version` say which one; `rules` are the named repairs made afterwards, in order.
    """

    kind: OriginKind
    name: str
    version: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A field that could not be filled, and why."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something the reader should know about a record that is not a failure.

    `stage` is the part that says it; `reason` a short fixed name; `detail` a sentence.
    """

    stage: str
    reason: str
    detail: str
