"""Reported speech: a line in, out whether it must stay in the body because it quotes or reports somebody.

The one veto of the rules that take a line for page furniture, a credit, a caption or a byline: a report
lost without a word is worse than a button kept. What stands in round brackets counts for nothing.
"""

import re

# Those that name nothing on a page: "shows", "reports" and "claims" are nouns there too often.
REPORTING_VERBS = frozenset(
    (
        "said", "says", "say", "told", "tells", "asked", "asks", "added", "adds", "warned", "warns",
        "announced", "announces", "stated", "states", "declared", "declares", "insisted", "insists",
        "argued", "argues", "replied", "replies", "answered", "explained", "explains", "confirmed",
        "confirms", "denied", "denies", "promised", "promises", "vowed", "vows", "admitted", "admits",
        "testified", "recalled", "recalls", "noted", "urged", "urges", "joked", "tweeted", "wrote",
        "writes", "claimed", "reported", "revealed", "showed", "suggested", "acknowledged", "complained",
        "responded", "shouted", "quipped", "conceded", "pledged", "predicted", "according",
    )
)  # fmt: skip
_BRACKETS = re.compile(r"\([^()]*\)?")
# Each mark leads to the next one only, and no way is tried twice: lines of marks alone took minutes.
_QUOTED = re.compile(
    r"“[^“”\w]*+\w[^“”]*+”|\"[^\"\w]*+\w[^\"]*+\"|«[^«»\w]*+\w[^«»]*+»|»[^«»\w]*+\w[^«»]*+«"
    r"|„[^„“”\w]*+\w[^„“”]*+[“”]|‘[^‘’\w]*+\w[^‘’]*+’(?!\w)|(?<!\w)''?\w[^']*+''?(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]+")
# "Related: ..." opens a link; it is a link's words that follow where they do not end as a sentence does.
_LINK = re.compile(r"[\w' ]{2,24}\s?[:|»>→]")
_SENTENCE_END = re.compile(r"[.!?][\"'”’»]*$")
_NOTICE = re.compile(r"copyright\b|©|\(c\)|.{0,100}\ball rights reserved\b", re.IGNORECASE)


def quotes_or_reports(line: str) -> bool:
    """Whether a line holds a pair of quotation marks or a reporting verb outside round brackets.

    >>> quotes_or_reports("The mayor said so."), quotes_or_reports("Photo (as the mayor said)")
    (True, False)
    """
    outside = _BRACKETS.sub(" ", line)
    return _QUOTED.search(outside) is not None or _has_verb(outside)


def reports(line: str) -> bool:
    """Whether a line holds a reporting verb outside round brackets."""
    return _has_verb(_BRACKETS.sub(" ", line))


def is_link_or_notice(line: str) -> bool:
    """Whether a line is furniture whatever it says: a copyright, or "Read more:" and a headline behind it."""
    is_link = _LINK.match(line.replace("’", "'")) is not None and not _SENTENCE_END.search(line)
    return is_link or _NOTICE.match(line) is not None


def _has_verb(words: str) -> bool:
    """Whether a reporting verb is among the words; "Said" with a capital is a name, or a headline's."""
    return any(
        word in REPORTING_VERBS or (word.isupper() and word.lower() in REPORTING_VERBS)
        for word in _WORD.findall(words)
    )
