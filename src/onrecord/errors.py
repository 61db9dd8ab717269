"""The errors that onrecord raises.

OnrecordError
├── InputError            what was given cannot be read as an article
│   ├── EmptyInputError       no bytes, or nothing but white space
│   ├── BinaryInputError      a picture, a PDF, an archive: not text
│   ├── TooLargeError         more than one article can be
│   ├── DamagedInputError     a file, record or row that is cut off or broken
│   ├── DateInputError        a moment of publication that cannot be read
│   └── FetchError            an address that no page could be fetched from
│       ├── RefusedAddressError   one that is never asked: not of the web, private, or written oddly
│       ├── RobotsError           its robots.txt asks programs to stay away, or cannot be known
│       ├── StatusError           it answered, and with no page: 404, 503
│       └── UnreachableError      it did not answer: no such name, no connection, too late
├── CodecError            JSON that is not a record, or whose spans do not fit its text
├── GazetteerError        the gazetteer is missing, damaged, or not one this version reads
├── StoreError            a record that is kept cannot be opened, read or written
│   ├── ForeignStoreError     the file is no record of onrecord's
│   ├── NewerStoreError       a newer onrecord made it
│   ├── LockedStoreError      another program is writing to it
│   ├── ReadOnlyStoreError    it, or the folder it is in, cannot be written to
│   ├── DamagedStoreError     the file is cut off or broken
│   ├── FullStoreError        there is no space left where it is
│   └── LostStoreError        the server that holds it cannot be reached, or went away
├── UnknownIdError        no article, statement, person or judgement has this id
├── QueryError            a filter of a question cannot be understood
├── JudgementError        a judgement that cannot be of what it is said of
├── ExportError           an export cannot be written whole
├── WeightsError          the weights are missing, or not those the manifest names
└── MissingPartError      an optional part is not installed
"""

__all__ = [
    "NOT_WHOLE_ERRORS",
    "BinaryInputError",
    "CodecError",
    "DamagedInputError",
    "DamagedStoreError",
    "DateInputError",
    "EmptyInputError",
    "ExportError",
    "FetchError",
    "ForeignStoreError",
    "FullStoreError",
    "GazetteerError",
    "InputError",
    "JudgementError",
    "LockedStoreError",
    "LostStoreError",
    "MissingPartError",
    "NewerStoreError",
    "OnrecordError",
    "QueryError",
    "ReadOnlyStoreError",
    "RefusedAddressError",
    "RobotsError",
    "StatusError",
    "StoreError",
    "TooLargeError",
    "UnknownIdError",
    "UnreachableError",
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


class DamagedInputError(InputError):
    """Something that holds articles is cut off or broken where it was read."""


class DateInputError(InputError):
    """A moment of publication was given that cannot be read as one."""


class FetchError(InputError):
    """No page could be fetched from an address."""


class RefusedAddressError(FetchError):
    """The address is never asked: it is not of the web, leads into a private network, or is written oddly."""


class RobotsError(FetchError):
    """The robots.txt of the host asks programs to stay away from the address, or cannot be known."""


class StatusError(FetchError):
    """The host answered with a status other than 200, which is kept as `status`."""

    def __init__(
        self, problem: str, *, status: int, where: str | None = None, cure: str | None = None
    ) -> None:
        self.status = status
        super().__init__(problem, where=where, cure=cure)


class UnreachableError(FetchError):
    """The host did not answer: its name is unknown, it takes no connection, or it was too slow."""


class CodecError(OnrecordError):
    """The JSON is not a record, or its spans do not fit its text."""


class GazetteerError(OnrecordError):
    """The gazetteer is missing or damaged, or not one that this version reads."""


class StoreError(OnrecordError):
    """A record that is kept cannot be opened, read or written."""


class ForeignStoreError(StoreError):
    """The file or database is no record of onrecord's."""


class NewerStoreError(StoreError):
    """A newer onrecord made it."""


class LockedStoreError(StoreError):
    """Another program is writing to it, and did not end in time."""


class ReadOnlyStoreError(StoreError):
    """It, or the folder it is in, cannot be written to."""


class DamagedStoreError(StoreError):
    """The file is cut off or broken."""


class FullStoreError(StoreError):
    """There is no space left where it is."""


class LostStoreError(StoreError):
    """The server that holds it cannot be reached, or went away."""


class UnknownIdError(OnrecordError):
    """No article, statement, person or judgement has this id; the message names near ones."""


class QueryError(OnrecordError):
    """A filter of a question cannot be understood."""


class JudgementError(OnrecordError):
    """A judgement that cannot be of what it is said of: spans outside the article, an entity of another."""


class ExportError(OnrecordError):
    """An export cannot be written whole; nothing shortened is left behind."""


class WeightsError(OnrecordError):
    """The weights are missing, or are not those that their manifest names."""


class MissingPartError(OnrecordError):
    """An optional part is not installed; the message holds the install command."""


# What every article would meet alike: the installation is not whole, and nothing can be read.
NOT_WHOLE_ERRORS = (WeightsError, GazetteerError, MissingPartError)
