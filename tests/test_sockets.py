"""Nothing in onrecord opens a socket but the modules that fetch, and they only when they are asked.

What listens for readers is uvicorn, started by `onrecord serve`.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "onrecord"
FETCHING = {"ingest/addresses.py", "ingest/connection.py", "ingest/fetch.py"}
# It looks after the connections that others open to us.
SERVING = {"serve/patient.py"}
# Modules that talk to other machines, or run programs that could.
NETWORK = frozenset(
    {
        "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "select",
        "selectors", "smtplib", "socket", "socketserver", "ssl", "subprocess", "telnetlib",
        "urllib", "urllib3", "webbrowser", "xmlrpc",
    }
)  # fmt: skip
# These read addresses and cookies and name statuses: they ask nobody.
ONLY_WORDS = frozenset({"urllib.parse", "http.HTTPStatus", "http.cookies"})


def network_imports(code: str) -> set[str]:
    """The modules of the network that code imports, at its top or inside its functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {
                f"{node.module}.{n.name}" if node.module in {"http", "urllib"} else node.module
                for n in node.names
            }
    return {name for name in names if name.split(".")[0] in NETWORK} - ONLY_WORDS


FILES = {path.relative_to(SOURCE).as_posix(): path for path in sorted(SOURCE.rglob("*.py"))}


@pytest.mark.parametrize("name", sorted(FILES.keys() - FETCHING - SERVING))
def test_a_module_that_does_not_fetch_imports_nothing_of_the_network(name: str):
    assert network_imports(FILES[name].read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import socket", {"socket"}),
        ("def f():\n    from urllib.request import urlopen", {"urllib.request"}),
        ("from urllib import request", {"urllib.request"}),
        ("import http.client", {"http.client"}),
        ("from http import client, HTTPStatus", {"http.client"}),
        ("from urllib.parse import urljoin\nfrom urllib import parse", set()),
    ],
)
def test_an_import_of_the_network_is_seen(code: str, found: set[str]):
    assert network_imports(code) == found


def test_importing_the_package_loads_no_client_of_the_web():
    code = "import sys, onrecord; print([m for m in ('urllib3', 'protego', 'idna') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
