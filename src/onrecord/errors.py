"""The errors that onrecord raises.

OnrecordError
├── InputError            what was given cannot be read as an article
│   ├── EmptyInputError       no bytes, or nothing but white space
│   ├── BinaryInputError      a picture, a PDF, an archive: not text
│   ├── TooLargeError         more than one article can be
│   └── DateInputError        a moment of publication that cannot be read
├── CodecError            JSON that is not a record, or whose spans do not fit its text
├── WeightsError          the weights are missing, or not those the manifest names
└── MissingPartError      an optional part is not installed
"""

__all__ = [
    "BinaryInputError",
    "CodecError",
    "DateInputError",
    "EmptyInputError",
    "InputError",
    "MissingPartError",
    "OnrecordError",
    "TooLargeError",
    "WeightsError",
]


class OnrecordError(Exception):
    """What was wrong, where, and what to do, as one message; the base of all errors here."""

    def __init__(self, problem: str, *, where: str | None = None, cure: str | None = None) -> None:
        self.problem = problem
        self.where = where
        self.cure = cure
        super().__init__(" ".join(filter(None, (f"{where}:" if where else "", problem, cure))))


class InputError(OnrecordError):
    """What was given cannot be read as an article."""


class EmptyInputError(InputError):
    """There are no bytes, or nothing but white space."""


class BinaryInputError(InputError):
    """The bytes are not text: a picture, a PDF, an archive."""


class TooLargeError(InputError):
    """There is more than one article can be."""


class DateInputError(InputError):
    """A moment of publication was given that cannot be read as one."""


class CodecError(OnrecordError):
    """The JSON is not a record, or its spans do not fit its text."""


class WeightsError(OnrecordError):
    """The weights are missing, or are not those that their manifest names."""


class MissingPartError(OnrecordError):
    """An optional part is not installed; the message holds the install command."""
