"""The labels of the attribution head: which part a word plays in the attribution of one cue.

A segment of one word is `S`, a longer one opens with `B`, goes on with `I` and closes with `E`
(BIOES), so that both edges of a span are scored. Transitions that break a segment are never
taken.
"""

ROLES = ("source", "cue", "content")
NONE = 0
LABELS: tuple[str, ...] = ("O", *(f"{place}-{role}" for role in ROLES for place in "BIES"))


def label_index(place: str, role: str) -> int:
    """The index of a label such as ("B", "source")."""
    return LABELS.index(f"{place}-{role}")


def may_follow(before: int, after: int) -> bool:
    """Whether label `after` may stand right behind label `before`."""
    open_before = LABELS[before][0] in "BI"
    inside_after = LABELS[after][0] in "IE"
    if open_before != inside_after:
        return False
    return not open_before or LABELS[before][2:] == LABELS[after][2:]


def may_start(label: int) -> bool:
    """Whether a window may begin with this label."""
    return LABELS[label][0] in "OBS"


def may_end(label: int) -> bool:
    """Whether a window may end with this label."""
    return LABELS[label][0] in "OES"
