"""One article's fault stops nothing: a step of reading goes in, out what it gives or why it gives nothing."""

from collections.abc import Callable
from typing import TypeVar

from onrecord.errors import NOT_WHOLE_ERRORS, MissingPartError, OnrecordError
from onrecord.record import Failure

T = TypeVar("T")


def attempt(step: Callable[[], T], name: str, *, debug: bool = False) -> T | Failure:
    """What the step gives, or the failure of what is called so.

    An error that every other article would meet is raised; with `debug` an unexpected one too.
    """
    try:
        return step()
    except NOT_WHOLE_ERRORS:
        raise
    except OnrecordError as error:
        return failure_of(error, name)
    except ImportError as error:
        raise missing_part(error) from error
    except Exception as error:
        if debug:
            raise
        return _unexpected(error, name)


def failure_of(error: OnrecordError, name: str) -> Failure:
    """The failure that an error of ours is, of what is called so."""
    return Failure(stage="read", reason=type(error).__name__, detail=str(error), subject=name)


def missing_part(error: ImportError) -> MissingPartError:
    """What to say where something that every installation has cannot be imported."""
    return MissingPartError(
        f"A part that onrecord reads with cannot be loaded: {error}.",
        cure="Install it again: pip install --force-reinstall onrecord",
    )


def _unexpected(error: Exception, name: str) -> Failure:
    reason = type(error).__name__
    detail = (
        f"An error of onrecord itself ({reason}: {error}). Run it with --debug to see where, and report it."
    )
    return Failure(stage="read", reason=reason, detail=detail, subject=name)
