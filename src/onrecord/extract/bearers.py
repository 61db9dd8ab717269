"""Which mentions bear one name: "Mira Vance", "Ms Vance" and "Vance"; "Harbour Safety Board" and "HSB".

In: the mentions of an article and the model's clusters of them. Out: for each mention that has a proper
name the number of its bearer. Two full names that disagree are never one bearer, whatever the model says.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from onrecord.extract.mentioned import Mentioned
from onrecord.language.names import ProperName, same_body, same_person
from onrecord.language.nouns import kinds_of_noun
from onrecord.language.tables import read_rows

BRACKETED = re.compile(r"['’]?s?\s*[(\[][\"“]?(?:the\s+)?([^\W\d_a-z][\w.&-]{1,11})[\"”]?[)\]]")
SHORTEST_MISSPELT = 5  # letters: a name this long may be one letter off and still be meant


class Bearers:
    """The bearers of one article's names; bearer numbers count from 0, persons and bodies apart."""

    def __init__(self, text: str, mentions: Sequence[Mentioned], clusters: Sequence[Sequence[int]]) -> None:
        self.text = text
        self.mentions = mentions
        self.cluster_of = {k: c for c, cluster in enumerate(clusters) for k in cluster}
        self.clusters = clusters
        self.bearer_of: dict[int, int] = {}
        self.count = 0

    def find(self) -> dict[int, int]:
        """The bearer of each mention that has a name, by the number of the mention."""
        people = [k for k, m in enumerate(self.mentions) if m.name is not None and m.kind == "person"]
        bodies = [k for k, m in enumerate(self.mentions) if m.name is not None and m.kind != "person"]
        self._find_people(people)
        self._find_bodies(bodies)
        return self.bearer_of

    def _new(self) -> int:
        self.count += 1
        return self.count - 1

    def _find_people(self, people: Sequence[int]) -> None:
        """Full names first, the longest before shorter ones; then what is left of a name alone."""
        order = sorted(people, key=lambda k: (-len(_name(self.mentions[k]).words), k))
        longest: dict[int, ProperName] = {}
        known: dict[ProperName, tuple[int, ...]] = {}
        for k in order:
            name = _name(self.mentions[k])
            if name not in known:
                fitting = [b for b, full in longest.items() if same_person(full, name)]
                known[name] = tuple(self._nearest_names(name, fitting, longest))
            chosen = self._choose(k, known[name])
            if chosen is None:
                chosen = self._misspelt(k, longest)
            if chosen is None:
                chosen = self._new()
                longest[chosen] = name
                known = {n: b for n, b in known.items() if len(n.words) > 1}
                known[name] = (chosen,)
            if name.gender and not longest[chosen].gender:
                longest[chosen] = ProperName(longest[chosen].words, name.gender)
                known = {}
            self.bearer_of[k] = chosen

    @staticmethod
    def _nearest_names(name: ProperName, fitting: list[int], longest: dict[int, ProperName]) -> list[int]:
        """Of bearers that fit one word, those who have it as last name, where any do."""
        if len(name.words) > 1:
            return fitting
        by_last = [b for b in fitting if longest[b].words[-1] == name.words[0]]
        return by_last or fitting

    def _choose(self, k: int, fitting: Sequence[int]) -> int | None:
        """The bearer meant where several fit: the one in the model's cluster, else the last one named."""
        if len(fitting) <= 1:
            return fitting[0] if fitting else None
        together = Counter(
            self.bearer_of[other]
            for other in self.clusters[self.cluster_of[k]]
            if self.bearer_of.get(other) in fitting
        )
        if together:
            return together.most_common(1)[0][0]
        named = [other for other, bearer in self.bearer_of.items() if bearer in fitting]
        before = [other for other in named if other < k]
        return self.bearer_of[max(before)] if before else self.bearer_of[min(named)]

    def _misspelt(self, k: int, longest: dict[int, ProperName]) -> int | None:
        """A bearer that the model puts into the same cluster and whose name is one letter off."""
        words = _name(self.mentions[k]).words
        for other in self.clusters[self.cluster_of[k]]:
            bearer = self.bearer_of.get(other)
            if bearer is None or bearer not in longest:
                continue
            full = longest[bearer].words
            if _one_letter_off(words[-1], full[-1]) and (len(words) == 1 or words[0] == full[0]):
                return bearer
            if words[-1] == full[-1] and _one_letter_off(words[0], full[0]):
                return bearer
        return None

    def _find_bodies(self, bodies: Sequence[int]) -> None:
        groups: dict[tuple[str, ...], list[int]] = {}
        for k in bodies:
            groups.setdefault(_canonical(_name(self.mentions[k]).words), []).append(k)
        keys = sorted(groups, key=lambda words: (-len(words), groups[words][0]))
        bearer_by_key: dict[tuple[str, ...], int] = {}
        introduced = self._introduced(bodies)
        for key in keys:
            bearer = self._body_like(key, groups, bearer_by_key, introduced)
            if bearer is None:
                bearer = self._new()
            bearer_by_key[key] = bearer
            for k in groups[key]:
                self.bearer_of[k] = bearer

    def _introduced(self, bodies: Iterable[int]) -> dict[str, tuple[str, ...]]:
        """Short forms that stand in brackets behind a name: "Harbour Safety Board (HSB)"."""
        found: dict[str, tuple[str, ...]] = {}
        for k in bodies:
            name = _name(self.mentions[k])
            place = self.mentions[k].name_span
            match = BRACKETED.match(self.text, place.end_char) if place and len(name.words) > 1 else None
            if match is not None:
                found.setdefault(match.group(1).replace(".", "").lower(), _canonical(name.words))
        return found

    def _body_like(
        self,
        key: tuple[str, ...],
        groups: dict[tuple[str, ...], list[int]],
        known: dict[tuple[str, ...], int],
        introduced: dict[str, tuple[str, ...]],
    ) -> int | None:
        """The bearer of a longer name that this one is short for."""
        if len(key) == 1 and introduced.get(key[0]) in known:
            return known[introduced[key[0]]]
        first = self.mentions[groups[key][0]]
        together = {
            self.bearer_of.get(other) for k in groups[key] for other in self.clusters[self.cluster_of[k]]
        }
        shortened = []
        for other, bearer in known.items():
            long = self.mentions[groups[other][0]]
            if same_body(_name(first), _name(long)) or (
                bearer in together and _may_be_body(_name(first), _name(long))
            ):
                return bearer
            if _is_short_for(first, long):
                shortened.append(bearer)
        return shortened[0] if len(set(shortened)) == 1 else None


def _name(mention: Mentioned) -> ProperName:
    return mention.name or ProperName(())


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1].split()) for row in read_rows("body_aliases.tsv")}


def _canonical(words: tuple[str, ...]) -> tuple[str, ...]:
    return _aliases().get(words[0], words) if len(words) == 1 else words


def _may_be_body(one: ProperName, other: ProperName) -> bool:
    """Whether two names that the model takes for one body's can be: more words of it, an acronym."""
    if set(one.words) <= set(other.words) or set(other.words) <= set(one.words):
        return True
    short, long = sorted(("".join(one.words), "".join(other.words)), key=len)
    if one.capitals or other.capitals:
        letters = iter(long)
        return all(letter in letters for letter in short)
    return short[:SHORTEST_MISSPELT] == long[:SHORTEST_MISSPELT] or _one_letter_off(short, long)


def _is_short_for(short: Mentioned, long: Mentioned) -> bool:
    """Whether "the Board" may be the Harbour Safety Board, or "Harvard" Harvard University."""
    words, whole = _name(short).words, _name(long).words
    if len(words) != 1 or len(whole) < 2 or "place" in (short.kind, long.kind):
        return False
    if whole[-1] == words[0] or whole[0] == words[0]:
        rest = whole[:1] if whole[-1] == words[0] else whole[1:]
        heads = words if whole[-1] == words[0] else rest
        return all("organisation" in kinds_of_noun(word) for word in heads)
    return False


def _one_letter_off(one: str, other: str) -> bool:
    """Whether one letter changed, added or left out makes one word of the other."""
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST_MISSPELT or len(long) - len(short) > 1 or short == long:
        return False
    same = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same:] == long[same + 1 :] or short[same + 1 :] == long[same + 1 :]
