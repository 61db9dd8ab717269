"""How the program ends and what it says then: exit codes, messages on stderr, and quiet ends."""

import contextlib
import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from onrecord.errors import NOT_WHOLE_ERRORS, OnrecordError
from onrecord.export.visible import show_line

SOME_UNREAD = 1
NOT_WHOLE = 3
INTERRUPTED = 130  # 128 + SIGINT, as shells count

F = TypeVar("F", bound=Callable[..., Any])


def say(message: str) -> None:
    """Prints a message on stderr, with the control characters of strangers made visible."""
    with contextlib.suppress(BrokenPipeError):
        click.echo(f"onrecord: {show_line(message)}", err=True)


def debug_option(command: F) -> F:
    """Adds --debug, which any part of the program may then ask for with `is_debugging`."""
    return click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=_keep_debug,
        help="Show the traceback of an unexpected error.",
    )(command)


def _keep_debug(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.find_root().meta["onrecord.debug"] = True


def is_debugging() -> bool:
    """Whether --debug was given, before or after the name of the command."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get("onrecord.debug"))


class Program(click.Group):
    """A group whose commands end with a message and an exit code, never with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order they were added and not of the alphabet."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """What the command returns; errors end the program, under --debug they pass."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            _drop_stdout()
            ctx.exit(0)
        except OnrecordError as error:
            if is_debugging():
                raise
            say(str(error))
            ctx.exit(NOT_WHOLE if isinstance(error, NOT_WHOLE_ERRORS) else SOME_UNREAD)
        except OSError as error:
            if is_debugging():
                raise
            cure = "Free some space or choose another place."
            say(f"The output cannot be written: {error.strerror or error}. {cure}")
            ctx.exit(SOME_UNREAD)
        return result


def _drop_stdout() -> None:
    """The reader of our output is gone: what is still buffered must not raise again at the end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
