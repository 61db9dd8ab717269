"""Tokens of a treebank joined into the text that a reader would meet, and spans taken back to them.

In: tokens as CoreNLP writes them ("``", "-LRB-", "n't"). Out: a text and the half-open bounds of
every token in it. The article's own white space and marks are lost in such tokens: this is a
likely text, not the article's.
"""

import re
from collections.abc import Sequence

TEXT_OF = {
    "``": "“", "''": "”", "`": "‘", "'''": "’”", "```": "“‘",
    "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}",
}  # fmt: skip
# Marks and endings that stand close to the word before them.
CLOSE_LEFT = re.compile(
    r"""[,.;:!?%)\]}]+ | \.\.\. | … | ’”? | ” | ' | ['’](?:s|re|ve|ll|d|m) | n['’]t""",
    re.VERBOSE | re.IGNORECASE,
)
# Marks that stand close to the word after them.
CLOSE_RIGHT = re.compile(r"[(\[{$#£€“‘]+")
FULL_STOP = "."


def detokenise(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text of tokens, and where each of them lies in it.

    A straight mark, and a closing one met while no quotation is open (some copy writes '' for
    both), opens and closes by turns. One that stands alone, and not last, closes a quotation that
    began before these tokens. A full stop that repeats the one ending an abbreviation
    ("U.S.", ".") shares its character.

    >>> detokenise(["``", "No", ",", "''", "she", "did", "n't", "say", "."])[0]
    "“No,” she didn't say."
    """
    text, bounds = "", list[tuple[int, int]]()
    is_open, glue = _begins_open(tokens), True
    for token in tokens:
        if token == FULL_STOP and text.endswith(FULL_STOP) and not glue:
            bounds.append((len(text) - 1, len(text)))
            continue
        shown, is_open = _shown(token, is_open)
        opens = CLOSE_RIGHT.fullmatch(shown) is not None or (shown == '"' and is_open)
        closes = CLOSE_LEFT.fullmatch(shown) is not None or (shown == '"' and not is_open)
        text += "" if glue or closes else " "
        bounds.append((len(text), len(text) + len(shown)))
        text += shown
        glue = opens
    return text, bounds


def _begins_open(tokens: Sequence[str]) -> bool:
    """Whether the tokens begin within a quotation, told by an odd closing mark without an opening one."""
    odd = sum(token == "''" for token in tokens) % 2 == 1
    return odd and "``" not in tokens and tokens[-1] != "''"


def _shown(token: str, is_open: bool) -> tuple[str, bool]:
    """How a token is written, and whether a quotation is open after it."""
    if token == '"' or (token == "''" and not is_open):
        return ('"' if token == '"' else "“"), not is_open
    if token in ("``", "“"):
        return "“", True
    if token in ("''", "'''", "”"):
        return TEXT_OF.get(token, token), False
    return TEXT_OF.get(token, token), is_open
