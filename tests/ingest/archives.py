"""WARC records made by hand for the tests: invented pages of the Beltown Courier."""

import gzip

PAGE = (
    b"<!doctype html><html><title>Bridge</title><p>The mayor of Beltown said that the bridge was shut.</html>"
)


def respond(body=PAGE, *, status="200 OK", media_type="text/html; charset=utf-8", **header):
    """An HTTP response; header names are written with underscores."""
    fields = {"Content-Type": media_type, **{k.replace("_", "-"): v for k, v in header.items()}}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def record(block=None, *, number=1, kind="response", length=None, version="1.0", **header):
    """A WARC record with this block; `number` makes its id and its address."""
    block = respond() if block is None else block
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{number}>",
        "WARC-Date": "2031-05-03T10:00:00Z",
        "WARC-Target-URI": f"https://courier.example/{number}",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block) if length is None else length),
        **{k.replace("_", "-"): v for k, v in header.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"WARC/{version}\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def pack(*records):
    """Records as a gzip file of one member each."""
    return b"".join(gzip.compress(r, mtime=0) for r in records)
