"""Captures: bytes in, kept with their hash, media type and encoding; and the text of a capture.

Bytes that cannot be the text of an article (nothing, a picture, an archive, too much) are errors here.
"""

import codecs
import hashlib
import re

from onrecord.errors import BinaryInputError, EmptyInputError, InputError, TooLargeError
from onrecord.record import Capture, Container, StatedField

MAX_BYTES = 50_000_000
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
# Types that servers send for anything: the bytes are looked at instead.
VAGUE_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/unknown"})

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or a Word, EPUB or WACZ file)"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh91AY&SY", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"RIFF", "a WebP, WAV or AVI file"),
    (b"ID3", "an MP3 recording"),
    (b"OggS\x00", "an Ogg recording"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x00\x00\x01\x00", "an icon"),
)
# Marks that plain text can begin with; they count only beside bytes that text does not hold.
_WEAK_MAGIC = frozenset({b"RIFF", b"ID3"})
# What a page begins with: the tags of the WHATWG MIME sniffing standard, section 7.1.
_PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a"
    r"|style|title|b|body|br"
    r"|p|article|main|section|meta|link|!--)(?=[\s>-]|/>)",
    re.IGNORECASE,
)
_PAGE_INSIDE = re.compile(r"^\s*<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
_CHARSET_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
# Codecs that are no encoding of a page, or that would interpret escapes in it.
_NO_PAGE_CODECS = frozenset(
    {"unicode-escape", "raw-unicode-escape", "utf-7", "punycode", "idna", "undefined"}
)
SAMPLE_BYTES = 4096
# Quotation marks, dashes and signs have the same bytes in windows-1250 to 1258: they tell no alphabet.
_SHARED_MARKS = bytes([0x85, *range(0x91, 0x98), 0xA0, 0xA7, 0xA9, 0xAB, 0xAE, 0xB0, 0xBB])
_HIGH_LETTERS = bytes(set(range(0x80, 0x100)).difference(_SHARED_MARKS))
# Below this share of letters above 0x7F a text of one byte a character is taken for Western European:
# English has them in names only, and a guess from so few is a lottery.
WESTERN_SHARE = 0.03
LIKELY_CHARSETS = [
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "shift_jis", "euc_jp",
    "euc_kr", "gb18030", "big5",
]  # fmt: skip


def make_capture(
    body: bytes,
    *,
    media_type: str | None = None,
    url: str | None = None,
    retrieved_at: str | None = None,
    container: Container | None = None,
    stated: tuple[StatedField, ...] = (),
) -> Capture:
    """The bytes as a capture, with their media type and encoding told from them where not given.

    `container` and `stated` say what they stood in, and what stood beside them.
    Raises `TooLargeError`, `EmptyInputError`, `BinaryInputError`, or `InputError` for a media type
    that is neither HTML nor text.
    """
    if len(body) > MAX_BYTES:
        raise TooLargeError(
            f"The input has {len(body):,} bytes; an article may have {MAX_BYTES:,}.",
            where=url,
            cure="Give one article at a time.",
        )
    given, _, parameters = (media_type or "").partition(";")
    charset = _CHARSET_PARAMETER.search(parameters)
    encoding = find_encoding(body, charset[1] if charset else None, url)
    beginning = body[: 4 * SAMPLE_BYTES].decode(encoding, "replace").removeprefix("\ufeff")
    if not beginning.strip() and not body.decode(encoding, "replace").removeprefix("\ufeff").strip():
        raise EmptyInputError(
            "The input is empty: no bytes, or nothing but white space.",
            where=url,
            cure="Give an article's text or page.",
        )
    return Capture(
        sha256=hashlib.sha256(body).hexdigest(),
        media_type=_find_media_type(given.strip().lower(), beginning, url),
        encoding=encoding,
        size_bytes=len(body),
        url=url,
        retrieved_at=retrieved_at,
        body=body,
        container=container,
        stated=stated,
    )


def decode_capture(capture: Capture) -> str:
    """The text of the captured bytes; the same capture always gives the same text.

    Two things are left out: a byte order mark at the start, and the carriage return of each CR LF.
    Bytes that the encoding does not know become U+FFFD.
    """
    if capture.body is None:
        raise InputError(
            f"The bytes of the capture {capture.sha256} are not with it.",
            where=capture.url,
            cure="Make the capture again from the bytes, with make_capture.",
        )
    text = capture.body.decode(capture.encoding, "replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n")


def _find_media_type(given: str, beginning: str, url: str | None) -> str:
    if given in VAGUE_TYPES:
        page = _PAGE_START.match(beginning) or _PAGE_INSIDE.search(beginning)
        return "text/html" if page else "text/plain"
    if given in HTML_TYPES or given.startswith("text/"):
        return given
    raise InputError(
        f"The media type {given!r} is not one of an article.",
        where=url,
        cure="Give text/html or text/plain, or none to have it told from the bytes.",
    )


def find_encoding(body: bytes, charset: str | None = None, url: str | None = None) -> str:
    """By byte order mark, else UTF-16 by its zeros, else UTF-8 if it fits, else as declared, else guessed."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return encoding
    _refuse_binary(_looks_like(body), url)
    wide = _guess_wide(body)
    if wide:
        return wide
    if b"\x00" in body:
        _refuse_binary(f"data that is not text (it has a zero byte at {body.index(0)})", url)
    if _is_utf8(body):
        return "utf-8"
    declared = _CHARSET.search(body[:SAMPLE_BYTES])
    for name in (charset, declared[1].decode("ascii", "ignore") if declared else None):
        if name and (known := _known_encoding(name)) and _fits(body, known):
            return known
    return _guess_narrow(body)


def _guess_wide(body: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: zero bytes at one place of each unit only, and words when read so."""
    sample = body[:SAMPLE_BYTES]
    if b"\x00" not in sample or len(sample) < 4:
        return None
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        try:
            text = sample[: len(sample) // width * width].decode(encoding)
        except UnicodeDecodeError:
            continue
        printable = sum(c.isprintable() or c in "\t\n\r\f" for c in text)
        ascii_or_space = sum(c < "\u0250" or c.isspace() for c in text)
        # An English text is ASCII nearly throughout; any other has at least its spaces and full stops.
        if printable >= 0.95 * len(text) and ascii_or_space >= 0.08 * len(text):
            return encoding
    return None


def _looks_like(body: bytes) -> str | None:
    """The kind of file whose mark the bytes begin with."""
    if body[4:8] == b"ftyp":
        return "an MP4 film, or a HEIC or AVIF picture"
    return next((name for mark, name in _MAGIC if body.startswith(mark) and _is_magic(mark, body)), None)


def _refuse_binary(looks_like: str | None, url: str | None) -> None:
    if looks_like:
        raise BinaryInputError(
            f"The input looks like {looks_like}, not the text or page of an article.",
            where=url,
            cure="Take the text out of it first, and give that.",
        )


def _is_magic(mark: bytes, body: bytes) -> bool:
    return mark not in _WEAK_MAGIC or b"\x00" in body[:SAMPLE_BYTES]


def _is_utf8(body: bytes) -> bool:
    """Whether it is UTF-8, forgiving a character cut off at the end or one bad byte in ten characters."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 3 and error.reason == "unexpected end of data":
            return True
        text = body.decode("utf-8", "replace")
        # A lone surrogate, as in a Python string that was encoded, is three bad bytes; nothing else gives it.
        bad = text.count("\ufffd") - 3 * len(_SURROGATE.findall(body))
        multibyte = sum(c > "\x7f" for c in text) - bad
        return multibyte >= 10 * bad
    return True


def _known_encoding(label: str) -> str | None:
    """Python's name of a declared encoding; as browsers do, Latin-1 and ASCII mean windows-1252."""
    try:
        name = codecs.lookup(label).name.replace("_", "-")
    except LookupError:
        return None
    if name in {"iso8859-1", "ascii"}:
        return "cp1252"
    # A page that names a wide encoding in bytes of ASCII is not in it.
    return None if name in _NO_PAGE_CODECS or name.startswith(("utf-16", "utf-32")) else name


def _fits(body: bytes, encoding: str) -> bool:
    try:
        text = body.decode(encoding, "strict")
    except (LookupError, UnicodeError):
        # The five bytes that windows-1252 leaves open are no reason to doubt it.
        return encoding == "cp1252"
    return isinstance(text, str)


def _guess_narrow(body: bytes) -> str:
    high = len(body) - len(body.translate(None, _HIGH_LETTERS))
    if high > WESTERN_SHARE * len(body):
        import charset_normalizer

        best = charset_normalizer.from_bytes(body[: 8 * SAMPLE_BYTES], cp_isolation=LIKELY_CHARSETS).best()
        if best is not None and _fits(body, best.encoding):
            return best.encoding
    return "cp1252"
