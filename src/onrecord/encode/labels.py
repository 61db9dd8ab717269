"""The labels of the heads: which part a word plays in the attribution of one cue, and in names,
expressions of time and of place; and the kinds of what a mention refers to.

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


# Flat layers of tags: each word is in at most one segment of each.
TAG_LAYERS: dict[str, tuple[str, ...]] = {
    "name": ("person", "organisation", "location", "facility", "nationality", "product", "misc"),
    "time": ("date", "time", "duration", "set"),
    "place": ("literal", "associative"),
}
# What a word is the head of: nothing, or a mention of one of GUM's ten kinds.
MENTION_KINDS = (
    "none", "person", "organization", "place", "time", "event", "object", "abstract", "animal",
    "plant", "substance",
)  # fmt: skip


def tag_labels(layer: str) -> tuple[str, ...]:
    """The labels of a layer: "O", then the four places of each kind, as in `LABELS`."""
    return ("O", *(f"{place}-{kind}" for kind in TAG_LAYERS[layer] for place in "BIES"))
