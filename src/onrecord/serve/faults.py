"""Errors as answers: what was raised in, a status of HTTP and what a reader is told out."""

from http import HTTPStatus

from onrecord.errors import (
    NOT_WHOLE_ERRORS,
    ExportError,
    InputError,
    JudgementError,
    LockedStoreError,
    OnrecordError,
    QueryError,
    ReadOnlyStoreError,
    StoreError,
    TooLargeError,
    UnknownIdError,
)

# The first class that fits tells.
STATUSES: tuple[tuple[type[OnrecordError], HTTPStatus], ...] = (
    (UnknownIdError, HTTPStatus.NOT_FOUND),
    (QueryError, HTTPStatus.BAD_REQUEST),
    (JudgementError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (TooLargeError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (InputError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (ExportError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (ReadOnlyStoreError, HTTPStatus.FORBIDDEN),
    (LockedStoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreError, HTTPStatus.INTERNAL_SERVER_ERROR),
)

FAULT = "This went wrong, and it should not have: it is a fault of onrecord's."
FAULT_CURE = "Whoever serves this room finds what happened where it was started. Please report it."


class RefusedError(OnrecordError):
    """A request that is not answered: `status` says as what."""

    def __init__(self, status: HTTPStatus, problem: str, *, cure: str | None = None) -> None:
        self.status = status
        super().__init__(problem, cure=cure)


def status_of(error: OnrecordError) -> HTTPStatus:
    """The status with which an error is answered."""
    if isinstance(error, RefusedError):
        return error.status
    if isinstance(error, NOT_WHOLE_ERRORS):
        return HTTPStatus.NOT_IMPLEMENTED
    return next((s for kind, s in STATUSES if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def hide_place(error: OnrecordError, where: str) -> None:
    """Takes out of an error where the record and its parts lie: that is for whoever serves them alone."""
    if not isinstance(error, InputError | RefusedError):  # those name what the reader sent
        error.where = None
    error.problem = error.problem.replace(where, "FILE")
    error.cure = error.cure.replace(where, "FILE") if error.cure else None
