"""The whole-article scorer: gold and predicted attributions of one article compared, as counts.

In: a text, and attributions as span lists by role. Out: counts a figure (see `score_article`),
to be summed and turned into precision, recall and F1 by `eval.figures.summarise`.

Units. A token is a run of word characters or one mark; a span covers every token of which it
holds a character; a role's spans are compared as runs of adjacent tokens, so white space at the
edges and cuts at line breaks do not count. The form of an attribution is by its content's words:
direct where all lie within double quotation marks, indirect where none does, mixed between.

Figures (`.direct`, `.mixed`, `.indirect` after a name: that form alone):
  tok_ROLE          tokens that have the role in any attribution, as a set per article
  exact_ROLE        span lists equal, one to one, whatever they belong to
  exact_all         all three span lists of an attribution equal, one to one: the design's
                    "all three exact"
  cit_exact_cue     as Citron counts: a cue equal to some gold cue
  cit_exact_ROLE    source or content equal to that of a gold attribution whose cue overlaps
  cit_exact_all     all three equal to those of some gold attribution; unlike exact_all, a gold
                    attribution may answer for several predicted ones
  attr_ov, attr_50  attributions matched one to one by most content tokens in common: any; and
                    at least half of the union
  e2e, e2e_50       the same, and the source overlaps too, or both have none
By form, an attribution counts under its own form: recall over the gold of that form, precision
over the predicted of that form; tok_ROLE then counts tokens a span, and exact_ROLE only within
matched pairs (a pair where both lack the role is right).
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from eval.corpus import ROLES, Attribution
from eval.figures import Tally

TOKEN = re.compile(r"\w+|[^\w\s]")
FORMS = ("direct", "mixed", "indirect")
HALF = 0.5
# Straight marks open and close by turns; a paragraph's end closes whatever is open.
QUOTATION = re.compile(r"[“„\"][^“„”\"\n]*[”\"]?|”")


@dataclass(frozen=True, slots=True)
class Part:
    """One role of one attribution: the tokens it covers, and the same as runs."""

    tokens: frozenset[int]
    runs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution in tokens, with its form (None where it has no content)."""

    source: Part
    cue: Part
    content: Part
    form: str | None

    def part(self, role: str) -> Part:
        """The part that has a role."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[role]

    def runs(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The runs of all three roles: equal where all three are exact."""
        return self.source.runs, self.cue.runs, self.content.runs


class Tokens:
    """The tokens of one text: which of them are words, and which lie within quotation marks."""

    def __init__(self, text: str) -> None:
        found = [m.span() for m in TOKEN.finditer(text)]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]
        self.is_word = [text[start].isalnum() or text[start] == "_" for start in self.starts]
        self.quoted = _tokens_quoted(text, self.starts)

    def covered(self, spans: Sequence[Sequence[int]]) -> Part:
        """The tokens of which the spans hold at least one character."""
        tokens: set[int] = set()
        for start, end in spans:
            tokens.update(range(bisect_right(self.ends, start), bisect_left(self.starts, end)))
        return Part(frozenset(tokens), _runs_of(sorted(tokens)))

    def form_of(self, content: Part) -> str | None:
        """Direct, mixed or indirect, by the share of the content's words that are quoted."""
        words = [t for t in content.tokens if self.is_word[t]] or list(content.tokens)
        if not words:
            return None
        quoted = sum(self.quoted[t] for t in words)
        return "direct" if quoted == len(words) else "mixed" if quoted else "indirect"

    def attributed(self, attribution: Attribution) -> Attributed:
        """An attribution in tokens."""
        source, cue, content = (self.covered(attribution.get(role) or ()) for role in ROLES)
        return Attributed(source, cue, content, self.form_of(content))


def _runs_of(tokens: Sequence[int]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for token in tokens:
        if runs and runs[-1][1] == token:
            runs[-1] = (runs[-1][0], token + 1)
        else:
            runs.append((token, token + 1))
    return tuple(runs)


def _tokens_quoted(text: str, starts: Sequence[int]) -> list[bool]:
    """For each token, whether it begins within a pair of double quotation marks."""
    quoted = [False] * len(starts)
    for quotation in QUOTATION.finditer(text):
        for token in range(bisect_left(starts, quotation.start()), bisect_left(starts, quotation.end())):
            quoted[token] = True
    return quoted


def score_article(text: str, gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> Tally:
    """The counts of every figure for one article."""
    tokens = Tokens(text)
    golds = [tokens.attributed(a) for a in gold]
    guesses = [tokens.attributed(a) for a in predicted]
    tally = Tally()
    for role in ROLES:
        _count_role(tally, role, golds, guesses)
    _count_one_to_one(tally, "exact_all", [g.runs() for g in golds], [p.runs() for p in guesses])
    _count_citron(tally, golds, guesses)
    pairs = match_pairs(golds, guesses)
    for name, is_right in PAIR_FIGURES.items():
        _count_pairs(tally, name, golds, guesses, [p for p in pairs if is_right(golds[p[0]], guesses[p[1]])])
    for role in ROLES:
        _count_role_by_form(tally, role, golds, guesses, pairs)
    _count_exact_all_by_form(tally, golds, guesses, pairs)
    return tally


def _count_role(tally: Tally, role: str, golds: Sequence[Attributed], guesses: Sequence[Attributed]) -> None:
    tokens_gold = _tokens_of(golds, role)
    tokens_guessed = _tokens_of(guesses, role)
    right = len(tokens_gold & tokens_guessed)
    tally.add_set(f"tok_{role}", right=right, predicted=len(tokens_guessed), gold=len(tokens_gold))
    runs = [[a.part(role).runs for a in side if a.part(role).runs] for side in (golds, guesses)]
    _count_one_to_one(tally, f"exact_{role}", *runs)


def _tokens_of(side: Sequence[Attributed], role: str) -> frozenset[int]:
    return frozenset().union(*(a.part(role).tokens for a in side))


def _count_one_to_one(tally: Tally, name: str, gold: Sequence[Hashable], guessed: Sequence[Hashable]) -> None:
    right = (Counter(gold) & Counter(guessed)).total()
    tally.add_set(name, right=right, predicted=len(guessed), gold=len(gold))


def _cues_touch(guess: Attributed, gold: Attributed) -> bool:
    """Citron's test, on the whole reach of the cues: a cue that begins where the gold one ends counts too."""
    if not guess.cue.runs or not gold.cue.runs:
        return False
    return guess.cue.runs[0][0] <= gold.cue.runs[-1][1] and guess.cue.runs[-1][1] > gold.cue.runs[0][0]


CITRON: dict[str, Callable[[Attributed, Attributed], bool]] = {
    "source": lambda p, g: _cues_touch(p, g) and p.source.runs == g.source.runs,
    "cue": lambda p, g: bool(p.cue.runs) and p.cue.runs == g.cue.runs,
    "content": lambda p, g: _cues_touch(p, g) and p.content.runs == g.content.runs,
    "all": lambda p, g: p.runs() == g.runs(),
}


def _count_citron(tally: Tally, golds: Sequence[Attributed], guesses: Sequence[Attributed]) -> None:
    """Citron's recall divides by the right predictions plus the missed gold, not by the gold."""
    for part, is_equal in CITRON.items():
        right = sum(any(is_equal(p, g) for g in golds) for p in guesses)
        missed = sum(not any(is_equal(p, g) for p in guesses) for g in golds)
        tally.add_set(f"cit_exact_{part}", right=right, predicted=len(guesses), gold=right + missed)


def _share(gold: Attributed, guess: Attributed) -> float:
    """Content tokens in common over those of either."""
    common = len(gold.content.tokens & guess.content.tokens)
    return common / len(gold.content.tokens | guess.content.tokens) if common else 0.0


def match_pairs(golds: Sequence[Attributed], guesses: Sequence[Attributed]) -> list[tuple[int, int]]:
    """Gold and predicted attributions matched one to one, as pairs of indices.

    Greedy: most content tokens in common first, then the larger share, then the earlier
    predicted, then the earlier gold.
    """
    order = []
    for j, gold in enumerate(golds):
        for i, guess in enumerate(guesses):
            common = len(gold.content.tokens & guess.content.tokens)
            if common:
                order.append((-common, -_share(gold, guess), i, j))
    taken_gold: set[int] = set()
    taken_guess: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(order):
        if i not in taken_guess and j not in taken_gold:
            taken_guess.add(i)
            taken_gold.add(j)
            pairs.append((j, i))
    return pairs


def _sources_agree(gold: Attributed, guess: Attributed) -> bool:
    if not gold.source.tokens:
        return not guess.source.tokens
    return bool(gold.source.tokens & guess.source.tokens)


PAIR_FIGURES: dict[str, Callable[[Attributed, Attributed], bool]] = {
    "attr_ov": lambda g, p: True,
    "attr_50": lambda g, p: _share(g, p) >= HALF,
    "e2e": _sources_agree,
    "e2e_50": lambda g, p: _sources_agree(g, p) and _share(g, p) >= HALF,
}


def _forms(tally_name: str, form: str | None) -> Iterator[str]:
    """The names that something of a form counts under."""
    yield tally_name
    if form is not None:
        yield f"{tally_name}.{form}"


def _count_pairs(
    tally: Tally,
    name: str,
    golds: Sequence[Attributed],
    guesses: Sequence[Attributed],
    right: Sequence[tuple[int, int]],
) -> None:
    right_gold = {j for j, _ in right}
    right_guess = {i for _, i in right}
    for j, gold in enumerate(golds):
        for label in _forms(name, gold.form):
            tally.add(label, predicted=(0, 0), gold=(j in right_gold, 1))
    for i, guess in enumerate(guesses):
        for label in _forms(name, guess.form):
            tally.add(label, predicted=(i in right_guess, 1), gold=(0, 0))


def _count_role_by_form(
    tally: Tally,
    role: str,
    golds: Sequence[Attributed],
    guesses: Sequence[Attributed],
    pairs: Sequence[tuple[int, int]],
) -> None:
    anywhere_gold, anywhere_guess = _tokens_of(golds, role), _tokens_of(guesses, role)
    for gold in (g for g in golds if g.form):
        own = gold.part(role).tokens
        tally.add(f"tok_{role}.{gold.form}", predicted=(0, 0), gold=(len(own & anywhere_guess), len(own)))
    for guess in (p for p in guesses if p.form):
        own = guess.part(role).tokens
        tally.add(f"tok_{role}.{guess.form}", predicted=(len(own & anywhere_gold), len(own)), gold=(0, 0))
    right = [(j, i) for j, i in pairs if golds[j].part(role).runs == guesses[i].part(role).runs]
    _count_form_only(tally, f"exact_{role}", golds, guesses, right)


def _count_exact_all_by_form(
    tally: Tally,
    golds: Sequence[Attributed],
    guesses: Sequence[Attributed],
    pairs: Sequence[tuple[int, int]],
) -> None:
    right = [(j, i) for j, i in pairs if golds[j].runs() == guesses[i].runs()]
    _count_form_only(tally, "exact_all", golds, guesses, right)


def _count_form_only(
    tally: Tally,
    name: str,
    golds: Sequence[Attributed],
    guesses: Sequence[Attributed],
    right: Sequence[tuple[int, int]],
) -> None:
    """As `_count_pairs`, under the forms alone: the whole is counted without pairs."""
    whole = Tally()
    _count_pairs(whole, name, golds, guesses, right)
    for label, counts in whole.items():
        if label != name:
            tally.add(label, predicted=counts[:2], gold=counts[2:])
