"""The sentence that a reporter reads under a verdict: what was found, and what to look at.

In: findings and changes. Out: plain sentences.
"""

from collections.abc import Iterable, Sequence

from onrecord.verifier.findings import Finding
from onrecord.verifier.speakers import name_of_claim
from onrecord.verifier.splices import Piece
from onrecord.verifier.verdict import FLAGS, Change
from onrecord.verifier.wanted import Wanted

LONGEST_SHOWN = 60
MOST_CHANGES = 3
TURNS = {
    "negation": "a negation",
    "number": "a number",
    "name": "a name",
    "modal": "a modal verb",
    "condition": "a condition",
}
MARKS = {
    "marks/punctuation": "only punctuation differs",
    "marks/case": "only capitals differ",
    "marks/question": "the one ends as a question or an exclamation, the other does not",
    "marks/spelling-of-number-or-compound": "a number or compound is written another way",
}


def tell_held(wanted: Wanted, finding: Finding, others: Sequence[Finding]) -> str:
    """Why the words are exact, or exact but for marks."""
    if finding.kind == "exact":
        told = f"The record has these words to the letter{_place(finding)}"
    else:
        told = f"The record has these words{_place(finding)}; {MARKS[finding.rule]}"
    if _is_excerpt(finding):
        told += "; the quotation there is longer"
    return _join(told, _tell_speaker(wanted, finding), _tell_other_speakers(finding, others))


def tell_trimmed(wanted: Wanted, finding: Finding) -> str:
    """Why the words are a shorter form of those held."""
    if finding.rule == "trimmed/sense-cut-off":
        lost = quote(finding.changes[0].held)
        told = f"The words are on record, but the cut takes {lost} from them, and with it the sense"
    elif finding.trim_marked:
        told = "The words are on record; the draft marks where it leaves words out or puts in its own"
    else:
        lost = "; ".join(quote(c.held) for c in finding.changes[:MOST_CHANGES] if c.held)
        told = f"The words are on record, but words between them are left out without a sign: {lost}"
    return _join(told, _tell_speaker(wanted, finding))


def tell_altered(wanted: Wanted, finding: Finding) -> str:
    """Which words differ, and what they turn."""
    flags = [flag for flag in FLAGS if any(flag in change.flags for change in finding.changes)]
    turned = f"; {_enumerate(TURNS[flag] for flag in flags)} changed" if flags else ""
    changes = "; ".join(_tell_change(change) for change in finding.changes[:MOST_CHANGES])
    more = len(finding.changes) - MOST_CHANGES
    told = f"The record has other words{_place(finding)}{turned}: {changes}"
    told += f"; and {more} more" if more > 0 else ""
    unquoted = "The record has them outside quotation marks" if finding.quoted == 0 else ""
    return _join(told, unquoted, _tell_speaker(wanted, finding))


def tell_misattributed(wanted: Wanted, finding: Finding) -> str:
    """Whose words they are."""
    held = finding.hit.speaker if finding.hit else None
    told = f"The record has these words of {held}, not of {name_of_claim(wanted.claim)}"
    silent = "The draft also leaves words out" if finding.kind == "trimmed" else ""
    return _join(told, silent, "Only reported, not quoted" if finding.kind == "indirect" else "")


def tell_indirect(wanted: Wanted, finding: Finding) -> str:
    """Why no quotation marks are warranted."""
    told = "The record has these words only outside quotation marks, as the reporter's own"
    if finding.quoted:
        told = "Only some of these words stand in quotation marks in the record; the rest are the reporter's"
    return _join(told, _tell_speaker(wanted, finding))


def tell_spliced(pieces: Sequence[Piece] | None, finding: Finding | None) -> str:
    """From how many places the words come."""
    if pieces:
        articles = len({piece.article.passage.article_id for piece in pieces})
        speakers = sorted({piece.hit.speaker for piece in pieces if piece.hit and piece.hit.speaker})
        told = f"The draft puts together words from {len(pieces)} places"
        told += f" in {articles} articles" if articles > 1 else " of one article"
        return _join(told, f"They are of different speakers: {_enumerate(speakers)}" if speakers[1:] else "")
    count = len(finding.splits) + 1 if finding else 2
    return _join(f"The draft puts together words from {count} places of one article that do not adjoin", "")


def tell_not_found(wanted: Wanted, finding: Finding | None) -> str:
    """What is the nearest, where anything is near."""
    if not len(wanted):
        return "There are no words to look for."
    if finding is None:
        return "Nothing like these words is on record."
    share = round(100 * finding.similarity)
    return f"These words are not on record; the nearest share {share} % of them."


def tell_too_short(wanted: Wanted, finding: Finding | None) -> str:
    """Why so few words were not searched for nearness."""
    told = "So few words are found only to the letter, and the record has no such quotation"
    if finding is None or finding.quoted < 1:
        return _join(told, "They are in the record, but not quoted" if finding else "")
    held = finding.hit.speaker if finding.hit else None
    return _join(f"{told} of {name_of_claim(wanted.claim)}", f"{held} is quoted with them")


def quote(words: str) -> str:
    """Words in quotation marks, cut where they are many."""
    plain = " ".join(words.split())
    return f"“{plain if len(plain) <= LONGEST_SHOWN else plain[: LONGEST_SHOWN - 1].rstrip() + '…'}”"


def _tell_change(change: Change) -> str:
    if change.kind == "inserted":
        return f"the draft adds {quote(change.draft)}"
    if change.kind == "dropped":
        return f"the draft leaves out {quote(change.held)}"
    return f"{quote(change.draft)} stands for {quote(change.held)}"


def _place(finding: Finding) -> str:
    passage = finding.article.passage
    where = passage.outlet or passage.title
    day = f" on {passage.published[:10]}" if passage.published else ""
    return f" ({where}{day})" if where else ""


def _is_excerpt(finding: Finding) -> bool:
    """Whether the quotation that holds the words has more of them."""
    words, article = finding.alignment.held_words, finding.article
    low, high = min(words), max(words)
    outside = [k for k in (low - 1, high + 1) if 0 <= k < len(article)]
    return any(article.quotation[k] in {article.quotation[low], article.quotation[high]} for k in outside)


def _tell_speaker(wanted: Wanted, finding: Finding) -> str:
    held = finding.hit.speaker if finding.hit else None
    claimed = name_of_claim(wanted.claim)
    if finding.likeness == "same":
        return ""
    if finding.likeness == "other":
        return f"The record has them of {held}, not of {claimed}"
    if claimed is None:
        told = "The draft names no speaker to compare"
        return f"{told}; the record has {held}" if held else told
    if held:
        return f"The speaker could not be compared: the record has {quote(held)}"
    return "The speaker could not be compared: the record does not tell whose words they are"


def _tell_other_speakers(finding: Finding, others: Sequence[Finding]) -> str:
    """The speakers that other articles give the same words."""
    names = sorted({f.hit.speaker for f in others if f.likeness == "other" and f.hit and f.hit.speaker})
    return f"Elsewhere the record has them of {_enumerate(names)}" if names else ""


def _enumerate(words: Iterable[str]) -> str:
    *first, last = list(words)
    return f"{', '.join(first)} and {last}" if first else last


def _join(*sentences: str) -> str:
    return " ".join(f"{sentence}." for sentence in sentences if sentence)
