"""The characters of strangers, made safe to show: text goes in, text without hidden powers comes out.

An article can hold terminal escapes, NULs and direction overrides. On a terminal or a page they would act;
here each becomes a sign that is seen and does nothing.
"""

import re
import unicodedata

# Controls that act on a terminal or are not allowed in HTML, direction embeddings, overrides and isolates
# (Unicode 16, section 23.2; Trojan Source, CVE-2021-42574), lone surrogates and non-characters. Tab, line
# feed, form feed and carriage return are white space to both faces and stay.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
DIRECTION_SIGNS = {
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
}  # fmt: skip
CONTROL_PICTURES = 0x2400
DELETE = 0x7F


def sign_of(character: str) -> str:
    """The sign that stands for a hidden character: ⟨RLO⟩, ␛, or the replacement character."""
    if character in DIRECTION_SIGNS:
        return f"⟨{DIRECTION_SIGNS[character]}⟩"
    code = ord(character)
    if code < 0x20:
        return chr(CONTROL_PICTURES + code)
    return "␡" if code == DELETE else "\N{REPLACEMENT CHARACTER}"


def name_of(character: str) -> str:
    """What a hidden character is: its code point and, where it has one, its name."""
    name = unicodedata.name(character, "control character").lower()
    return f"U+{ord(character):04X} {name}"


def show_hidden(text: str) -> str:
    """The text with a sign in place of each hidden character.

    >>> show_hidden("a\\x1b[31mb")
    'a␛[31mb'
    """
    return HIDDEN.sub(lambda match: sign_of(match[0]), text)


def show_line(text: str) -> str:
    """The text on one line: hidden characters as signs, runs of white space as one space."""
    return show_hidden(" ".join(text.split()))
