"""`onrecord serve`: the reading room of a record, for browsers and programs, here or beyond this machine."""

import ipaddress
import os
import secrets
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.exits import debug_option, say
from onrecord.cli.stopping import Stop
from onrecord.cli.where import hide_password, in_option, need_where, open_for
from onrecord.errors import MissingPartError

if TYPE_CHECKING:
    from onrecord.serve.listening import Place
    from onrecord.serve.settings import Right, Settings, Token
    from onrecord.store.base import Store

PORT = 8090
READ_VARIABLE, WRITE_VARIABLE = "ONRECORD_READ_TOKEN", "ONRECORD_WRITE_TOKEN"
NEEDED = ("fastapi", "jinja2", "python_multipart", "uvicorn")
EVERYWHERE = frozenset({"0.0.0.0", "::"})


@click.command()
@click.argument("file", metavar="[FILE]", required=False)
@in_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="The port; 0 is any that is free.",
)
@click.option(
    "--open/--no-open",
    "open_browser",
    default=None,
    help="Open it in the browser; done where this is run on a desktop.",
)
@click.option("--read-only", is_flag=True, help="Nobody can add, judge or change anything.")
@click.option("--no-fetch", is_flag=True, help="Fetch nothing from addresses that readers give.")
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="A name that readers reach it by, as their browsers show it; again for each.",
)
@click.option(
    "--cert", type=click.Path(dir_okay=False), metavar="FILE", help="A certificate for TLS, in PEM."
)
@click.option("--key", type=click.Path(dir_okay=False), metavar="FILE", help="The key of the certificate.")
@click.option("--behind-proxy", is_flag=True, help="TLS ends at a proxy in front, which alone reaches this.")
@click.option(
    "--read-token",
    metavar="FILE",
    help=f"A file that holds the token to read with; otherwise the variable {READ_VARIABLE} is it.",
)
@click.option(
    "--write-token",
    metavar="FILE",
    help=f"A file that holds the token to change with; otherwise the variable {WRITE_VARIABLE} is it.",
)
@debug_option
def serve(file: str | None, where: str | None, **given: Any) -> None:
    """Open the reading room of a record in a browser.

    FILE is the file of a record, or a postgresql:// URL; it is made where there is none. The room is on this
    machine alone, at the address that is printed, until Ctrl-C ends it: what was read until then is kept.

    Beyond this machine it is served over TLS alone, with --cert and --key or behind a proxy, and to those
    who hold a token: one to read with, or one to change with, too. Where none is given, both are made and
    printed.

    \b
    onrecord serve news.onrecord
    onrecord serve news.onrecord --host 0.0.0.0 --name news.example --cert cert.pem --key key.pem
    onrecord serve news.onrecord --behind-proxy --name news.example

    \b
    Exit codes:
      0    it was ended by Ctrl-C, or asked to end
      1    the record cannot be opened, or the port is taken
      2    the command line is wrong: nothing was served
      3    onrecord is not whole: a part of it is missing
    """
    if file and where and click.get_current_context().get_parameter_source("where") is _COMMAND_LINE:
        raise click.UsageError("The record is named twice: leave FILE or --in out.")
    chosen = need_where(file or where)
    _check_beyond(given)
    _check_parts()
    settings = _make_settings(given)
    is_new = not given["read_only"] and "://" not in chosen and not Path(chosen).exists()
    stop = Stop()
    try:
        with stop.listen(), open_for(chosen, write=not given["read_only"], create=True) as store:
            if is_new:
                say(f"There was no record {chosen}: a new one was made.")
            _serve(store, _make_place(given), settings, open_browser=given["open_browser"])
    except KeyboardInterrupt:
        pass
    say("Ended. What was read until then is kept.")


_COMMAND_LINE = click.core.ParameterSource.COMMANDLINE


def _serve(store: "Store", place: "Place", settings: "Settings", *, open_browser: bool | None) -> None:
    from onrecord.collection.face import Collection
    from onrecord.serve.app import make_app
    from onrecord.serve.listening import listen

    name = hide_password(store.where) if "://" in store.where else Path(store.where).name

    def tell(address: str) -> None:
        click.echo(f"Reading room of {name}: {address}  (Ctrl-C ends it)")
        if open_browser or (open_browser is None and _is_desktop()):
            click.launch(address)

    listen(make_app(Collection(store, say=say), settings), place, tell)


def _is_desktop() -> bool:
    """Whether somebody sits before a screen on which a browser can open."""
    if not sys.stdout.isatty():
        return False
    return sys.platform in {"darwin", "win32"} or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def _check_parts() -> None:
    for module in NEEDED:
        try:
            import_module(module)
        except ImportError as error:
            raise MissingPartError(
                f"{module} is not installed, and the reading room needs it.",
                cure="Install it with: pip install 'onrecord[serve]'",
            ) from error


def _check_beyond(given: dict[str, Any]) -> None:
    """A wrong command line where others could listen in, or where nobody could reach it."""
    if bool(given["cert"]) != bool(given["key"]):
        raise click.UsageError("--cert and --key belong together: give both.")
    if given["cert"] and given["behind_proxy"]:
        raise click.UsageError("TLS ends here (--cert) or at the proxy (--behind-proxy): give one of them.")
    if not _is_local(given["host"]) and given["behind_proxy"]:
        raise click.UsageError(
            "--behind-proxy listens to a proxy on this machine alone, which others reach over TLS: leave "
            f"--host {given['host']} out."
        )
    if not _is_local(given["host"]) and not given["cert"]:
        raise click.UsageError(
            f"--host {given['host']} is beyond this machine, and without TLS others could read and change "
            "what is sent. Give a certificate with --cert and --key; or have a proxy on this machine serve "
            "it over TLS, and give --behind-proxy without --host."
        )
    if not given["names"] and (given["behind_proxy"] or given["host"] in EVERYWHERE):
        raise click.UsageError("Say by which name readers reach it, as their browsers show it: --name HOST.")


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _make_place(given: dict[str, Any]) -> "Place":
    from onrecord.serve.listening import Place

    return Place(
        host=given["host"],
        port=given["port"],
        certificate=given["cert"],
        key=given["key"],
        behind_proxy=given["behind_proxy"],
        # A proxy asks here by the address.
        name=_read_name(given["names"][0]) if given["names"] and given["cert"] else None,
    )


def _make_settings(given: dict[str, Any]) -> "Settings":
    from onrecord.serve.settings import LOCAL_HOSTS, Settings

    host = given["host"].casefold()
    own = [] if host in EVERYWHERE else [f"[{host}]" if ":" in host else host]
    secure = bool(given["cert"]) or given["behind_proxy"]
    is_beyond = given["behind_proxy"] or not _is_local(host)
    return Settings(
        hosts=LOCAL_HOSTS | {*own, *map(_read_name, given["names"])},
        tokens=_find_tokens(given, needed=is_beyond),
        secure=secure,
        fetch=not given["no_fetch"],
        read_only=given["read_only"],
    )


def _read_name(name: str) -> str:
    """The name of a host as the Host header has it; a wrong command line where it is none."""
    bare = name.strip().casefold()
    if not bare or any(sign in bare for sign in "/@ \t") or (":" in bare and not bare.endswith("]")):
        raise click.UsageError(
            f"--name {name!r} is no name of a host: give it without https:// and without a port."
        )
    return bare


def _find_tokens(given: dict[str, Any], *, needed: bool) -> tuple["Token", ...]:
    """The tokens that were given; where some are needed and none was given, new ones, which are told."""
    found = [
        _read_token("--read-token", given["read_token"], READ_VARIABLE, "read"),
        _read_token("--write-token", given["write_token"], WRITE_VARIABLE, "write"),
    ]
    tokens = tuple(token for token in found if token is not None)
    if len({token.secret for token in tokens}) < len(tokens):
        raise click.UsageError("The token to read with and the token to change with are the same: give two.")
    return tokens or (_make_tokens(read_only=given["read_only"]) if needed else ())


def _read_token(option: str, path: str | None, variable: str, right: "Right") -> "Token | None":
    from onrecord.serve.settings import Token

    if path is None and variable not in os.environ:
        return None
    try:
        secret = os.environ[variable] if path is None else Path(path).read_text(encoding="utf-8").strip()
        return Token(secret=secret, right=right)
    except OSError as error:
        # What was given is not repeated: it may be the token itself.
        raise click.UsageError(
            f"{option} is the name of a file that holds the token, and it cannot be read: "
            f"{error.strerror}. A token itself would be seen by whoever lists the programs that run here."
        ) from error
    except ValueError as error:
        raise click.UsageError(
            f"The token of {variable if path is None else option} is none. {error}"
        ) from error


def _make_tokens(*, read_only: bool) -> tuple["Token", ...]:
    from onrecord.serve.settings import Token

    rights: tuple[Right, ...] = ("read",) if read_only else ("read", "write")
    made = tuple(Token(secret=secrets.token_urlsafe(32), right=right) for right in rights)
    for token in made:
        say(f"The token to {'read' if token.right == 'read' else 'change'} with: {token.secret}")
    say(f"They are shown this once; {READ_VARIABLE} and {WRITE_VARIABLE} keep your own.")
    return made
