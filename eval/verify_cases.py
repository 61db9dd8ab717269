"""Drafts that are known to be right or wrong in one way: quotations of a record, perturbed by rule.

In: passages with their statements, a seed. Out: cases with the verdict that each must get. What a rule cannot
perturb without doubt is left out, and counted by the reason.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eval.verify_bases import (
    CONDITION,
    FEWEST_WORDS,
    MOST_WORDS,
    NEGATION,
    NUMBER,
    NUMBER_WORDS,
    Base,
    fold,
    ngrams,
    quoted_bases,
    reported_bases,
    trim_bounds,
    turns_sense,
)
from onrecord.record import Form, Passage
from onrecord.verifier import Flag, Kind

OTHER_MODAL = {
    "will": "would", "would": "will", "can": "could", "could": "can", "may": "must", "might": "will",
    "should": "will", "must": "may", "shall": "may",
}  # fmt: skip
AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|should|must|do|does|did|have|has)\b(?= \w)"
)
POSITIVE = {"won't": "will", "can't": "can", "cannot": "can", "shan't": "shall", "ain't": "am"}
INVENTED = ("Orrin", "Halloway", "Tolvay", "Marsten", "Quillon", "Deeks", "Skerra", "Lindholt", "Velmora")
STRANGERS = ("Casimir Pell", "Ilka Marsten", "Benedikt Orlo", "Ottilie Brandt", "Freya Lindholt-Bay")
ELLIPSES = ("…", "...", "[...]", "(…)", ". . .", "[…]")
SEAM = re.compile(r",? (?=(?:and|but|because|after|before|when|while|with|in|for|to|that|as) )")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One claim of a draft, the verdict that it must get, and the flags that must be raised."""

    change: str
    want: Kind
    parts: tuple[str, ...]
    speaker: str | None
    form: Form = "direct"
    flags: frozenset[Flag] = frozenset()


class UnsureError(Exception):
    """A perturbation whose right verdict is open; the message is the reason."""


class CaseMaker:
    """Makes cases of every kind from the bases of one record; the same seed makes the same."""

    def __init__(self, passages: Sequence[Passage], *, seed: int = 0, each: int = 260) -> None:
        self.passages = passages
        self.random = random.Random(seed)
        self.each = each
        self.left_out = Counter[str]()
        self.quoted = quoted_bases(passages)
        self.reported = reported_bases(passages)
        self.synonyms = _read_synonyms()

    @cached_property
    def folded(self) -> list[str]:
        """The texts as words alone, for telling what is held."""
        return [f" {fold(passage.text)} " for passage in self.passages]

    @cached_property
    def vocabulary(self) -> list[str]:
        """The common words of the texts that are no names, numbers or words that turn a sense."""
        counts = Counter(w for p in self.passages for w in re.findall(r"(?<!\S)[a-z]{4,12}(?!\S)", p.text))
        return sorted(w for w, n in counts.items() if n > 1 and not turns_sense(w))

    def count_held(self, words: str) -> int:
        """How often the texts hold these words in a row."""
        return sum(text.count(f" {fold(words)} ") for text in self.folded)

    def make_cases(self) -> list[Case]:
        """All cases, kind by kind."""
        makers: list[tuple[Callable[[Base], Case], list[Base]]] = [
            (make, self.quoted)
            for make in (
                self.exact, self.excerpt, self.marks, self.trim_marked, self.trim_silent, self.splice,
                self.swap_word, self.drop_not, self.add_not, self.change_number, self.change_name,
                self.change_modal, self.change_speaker, self.cut_not, self.invent,
            )
        ]  # fmt: skip
        makers += [(make, self.reported) for make in (self.as_quotation, self.paraphrase, self.turn_claim)]
        return [case for make, bases in makers for case in self._make_some(make, bases)]

    def _make_some(self, make: Callable[[Base], Case], bases: Sequence[Base]) -> Iterator[Case]:
        made = set[tuple[str, ...]]()
        for base in [b for _ in range(4) for b in self.random.sample(bases, len(bases))]:
            if len(made) == self.each:
                return
            try:
                case = make(base)
            except UnsureError as reason:
                self.left_out[f"{make.__name__}: {reason}"] += 1
                continue
            if case.parts not in made:
                made.add(case.parts)
                yield case

    # Words that are right.

    def exact(self, base: Base) -> Case:
        """The whole quotation, in other quotation marks or spacing now and then."""
        words = self._respace(base.words)
        return self._case("exact", "exact", words, base)

    def excerpt(self, base: Base) -> Case:
        """Some words of the quotation in a row, where nothing outside of them turns their sense."""
        places = base.places
        _require(len(places) >= 8, "too few words")
        length = self.random.randint(4, len(places) - 2)
        first = self.random.randint(0, len(places) - length)
        low, high = trim_bounds(base.words, places[first][0], places[first + length - 1][1])
        words, outside = base.words[low:high], base.words[:low] + " | " + base.words[high:]
        _require(len(fold(words).split()) >= 4, "too few words")
        _require(not (NEGATION.search(outside) or CONDITION.search(outside)), "the cut may turn the sense")
        _require(not _cuts_number(base.words, low, high), "the cut may part a number")
        _require(not re.match(r"[?!]", base.words[high:]), "the cut ends at a question mark")
        return self._case("excerpt", "exact", words, base)

    def marks(self, base: Base) -> Case:
        """The quotation with a comma less or more, a capital or a dash changed."""
        commas = [m.start() for m in re.finditer(r"(?<=[a-z]),(?= )", base.words)]
        ways = [lambda: re.sub(r"^\w", lambda m: m.group().swapcase(), base.words)]
        ways += [lambda: base.words[: commas[0]] + base.words[commas[0] + 1 :]] if commas else []
        ways += [lambda: re.sub(r"(?<=[a-z]) (?=and |but |that )", ", ", base.words, count=1)]
        ways += [lambda: re.sub(r" [—–-] ?|[—–]", " - ", base.words)]
        words = self.random.choice(ways)()
        _require(words != base.words and fold(words) == fold(base.words), "nothing to change")
        return self._case("marks", "marks", words, base)

    def trim_marked(self, base: Base) -> Case:
        """Words left out of the middle, marked; no negation or condition near the gap."""
        words, gap = self._gap(base)
        _require(not (NEGATION.search(gap) or CONDITION.search(gap)), "what is left out may turn the sense")
        _require(not re.search(r"[.?!]['”\"]? ", gap), "whole sentences may be left out")
        sign = self.random.choice(ELLIPSES)
        return self._case("trim, marked", "trimmed", words.replace("\0", f" {sign} "), base)

    def trim_silent(self, base: Base) -> Case:
        """Words left out of the middle without a sign, none of which turns a sense."""
        words, gap = self._gap(base)
        before = words.partition("\0")[0].split()[-1]
        _require(not (turns_sense(gap) or NUMBER.search(before)), "what is left out may turn the sense")
        _require(not re.search(r"[.?!]['”\"]? ", gap), "whole sentences may be left out")
        return self._case("trim, silent", "trimmed", words.replace("\0", " "), base)

    def _gap(self, base: Base) -> tuple[str, str]:
        """The words with a NUL for some left out, and these."""
        text, places = base.words, base.places
        _require(FEWEST_WORDS + 2 <= len(places) <= MOST_WORDS, "too few or too many words")
        count = self.random.randint(1, min(6, len(places) - 7))
        first = self.random.randint(3, len(places) - count - 3)
        low, high = places[first][0], places[first + count - 1][1]
        left = text[: places[first - 1][1]] + "\0" + text[places[first + count][0] :]
        _require(text.count(text[low:high]) < 3, "the words are said again and again")
        _require(not self.count_held(left.replace("\0", " ")), "the rest is held as it is")
        return left, " " + text[low:high] + " "

    def splice(self, base: Base) -> Case:
        """Words of two quotations of other paragraphs or articles as one."""
        other = self.random.choice(self.quoted)
        _require(other.hit is not base.hit, "one statement")
        if other.passage is base.passage:
            between = base.passage.text[min(base.end, other.end) : max(base.start, other.start)]
            _require(between.count("\n") > 2, "neighbouring paragraphs")
        first, second = self._stretch(base), self._stretch(other)
        _require(not self._share(first, second), "one record has both")
        seam = self.random.choice([" ", ". ", " … ", " ... ", " [...] "])
        return self._case("splice", "spliced", first + seam + second, base)

    def _stretch(self, base: Base) -> str:
        places = base.places
        _require(len(places) >= 6 and "[" not in base.words, "too few words, or an editor's brackets")
        length = self.random.randint(5, min(14, len(places)))
        first = self.random.randint(0, len(places) - length)
        low, high = trim_bounds(base.words, places[first][0], places[first + length - 1][1])
        words = base.words[low:high]
        _require(len(re.findall(r"[^\W\d_]{5,}", words)) >= 2, "hardly a word that tells")
        _require(len(words.split()) >= 5 and self.count_held(words) == 1, "held more than once")
        return words

    def _share(self, first: str, second: str) -> bool:
        return bool(set(ngrams(first, 4)) & set(ngrams(second, 4)))

    # Words that are not right.

    def swap_word(self, base: Base) -> Case:
        """One word that tells exchanged for another."""
        _fits(base)
        words = re.finditer(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])", base.words)
        found = [m for m in words if not turns_sense(m[0])]
        _require(found, "no word to exchange")
        match = self.random.choice(found)
        new = self.random.choice(self.vocabulary)
        _require(new not in base.words and match[0] not in new, "the same word")
        return self._altered("swap a word", _put(base.words, match, new), base)

    def drop_not(self, base: Base) -> Case:
        """A negation left out."""
        _fits(base)
        found = [
            m
            for m in re.finditer(r"(?<=\w )(?:not|never) |\b\w+n['’]t\b|\bcannot\b", base.words)
            if m.start() > 0
        ]
        _require(found, "no negation")
        match = self.random.choice(found)
        return self._altered("drop “not”", _put(base.words, match, _affirm(match[0])), base, "negation")

    def add_not(self, base: Base) -> Case:
        """A negation put in."""
        _fits(base)
        found = [
            m for m in AUXILIARY.finditer(base.words) if not NEGATION.match(base.words[m.end() :].lstrip())
        ]
        _require(found, "no verb to negate")
        match = self.random.choice(found)
        return self._altered("add “not”", _put(base.words, match, match[0] + " not"), base, "negation")

    def change_number(self, base: Base) -> Case:
        """A number changed."""
        _fits(base)
        found = list(re.finditer(rf"\b\d+\b|\b(?:{'|'.join(NUMBER_WORDS)})\b", base.words))
        _require(found, "no number")
        match = self.random.choice(found)
        new = self.random.choice([w for w in NUMBER_WORDS if w != match[0]])
        if match[0].isdigit():
            new = str(int(match[0]) + self.random.choice([1, 2, 3, 10, 100]))
        return self._altered("change a number", _put(base.words, match, new), base, "number")

    def change_name(self, base: Base) -> Case:
        """A name changed for an invented one."""
        _fits(base)
        found = list(re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b(?!['’])", base.words))
        _require(found, "no name")
        match = self.random.choice(found)
        new = self.random.choice(INVENTED)
        return self._altered("change a name", _put(base.words, match, new), base, "name")

    def change_modal(self, base: Base) -> Case:
        """A modal verb changed for another."""
        _fits(base)
        found = list(re.finditer(rf"\b(?:{'|'.join(OTHER_MODAL)})\b(?!['’])", base.words))
        _require(found, "no modal")
        match = self.random.choice(found)
        return self._altered("change a modal", _put(base.words, match, OTHER_MODAL[match[0]]), base, "modal")

    def _altered(self, change: str, words: str, base: Base, flag: Flag | None = None) -> Case:
        _require(not self.count_held(words), "the record has these words too")
        _require(fold(words) != fold(base.words), "nothing changed")
        return self._case(change, "altered", words, base, frozenset({flag}) if flag else frozenset())

    def change_speaker(self, base: Base) -> Case:
        """The words right, given to somebody else."""
        _require(base.hit.speaker is not None, "the speaker is not named")
        name = re.sub(r"^The ", "", base.hit.speaker or "")
        _require(re.search(r"\b[A-Z]", name), "the speaker is not named")
        _require(len(base.places) >= 5 and self.count_held(base.words) == 1, "held more than once")
        case = self._case("change the speaker", "misattributed", base.words, base)
        others = [*STRANGERS, *(h.speaker for h in base.passage.statements if h.speaker)]
        held = _name_words(f"{base.hit.speaker} {' '.join(base.hit.source)}")
        named = [name for name in others if re.search(r"\b[A-Z]", re.sub(r"^(?:The|A|An) ", "", name))]
        free = [name for name in named if not held & _name_words(name)]
        return Case(change=case.change, want=case.want, parts=case.parts, speaker=self.random.choice(free))

    def cut_not(self, base: Base) -> Case:
        """A quotation that begins just behind its negation."""
        found = list(re.finditer(r"\b(?:not|never|\w+n['’]t) (?=\w)", base.words))
        _require(found, "no negation")
        match = self.random.choice(found)
        rest = re.split(r"[.;:?!—–]", base.words[match.end() :])[0]
        low, high = trim_bounds(rest, 0, len(rest))
        words = rest[low:high]
        _require(len(words.split()) >= 4, "too few words")
        _require(self.count_held(words) == 1, "held more than once")
        return self._case("cut off “not”", "trimmed", words, base, frozenset({"negation"}))

    def invent(self, base: Base) -> Case:
        """The words of grammar of a quotation with other words between them, or words strewn."""
        count = len(base.places)
        _require(FEWEST_WORDS <= count <= 30, "too few or too many words")
        if self.random.random() < 0.5:
            words = " ".join(self.random.choice(self.vocabulary) for _ in range(count))
        else:
            words = re.sub(
                r"[^\W_]*[A-Z0-9][\w'’]*|[^\W\d_'’]{4,}",
                lambda _: self.random.choice(self.vocabulary),
                base.words,
            )
        _require(not any(self.count_held(" ".join(g)) for g in ngrams(words, 4)), "some of it is held")
        kept = set(fold(base.words).split()) & set(fold(words).split())
        _require(len(kept) <= 0.4 * len(set(fold(words).split())), "nearly half of it is as it was")
        return self._case("invent", "not_found", words, base)

    # Reported speech.

    def as_quotation(self, base: Base) -> Case:
        """Reported speech in quotation marks."""
        places = base.places
        length = self.random.randint(min(6, len(places)), len(places))
        first = self.random.randint(0, len(places) - length)
        low, high = trim_bounds(base.words, places[first][0], places[first + length - 1][1])
        words = base.words[low:high]
        _require(len(words.split()) >= 5, "too few words")
        _require(not _cuts_number(base.words, low, high), "the cut may part a number")
        _require(self.count_held(words) == 1, "held more than once")
        return self._case("indirect as direct", "indirect", words, base)

    def paraphrase(self, base: Base) -> Case:
        """Reported speech in other words and order, said of the same speaker."""
        return self._case("paraphrase", "paraphrased", self._rewrite(base), base, form="indirect")

    def turn_claim(self, base: Base) -> Case:
        """A paraphrase that turns a negation or a number."""
        words = self._rewrite(base)
        numbers = list(re.finditer(r"\b\d+\b", words))
        verbs = [m for m in AUXILIARY.finditer(words) if not NEGATION.search(words)]
        negations = re.findall(r" not (?=\w)", words)
        if numbers:
            match = self.random.choice(numbers)
            new, flag = _put(words, match, str(int(match[0]) + self.random.choice([1, 3, 20]))), "number"
            _require(fold(new) not in fold(base.passage.text), "the article has this number")
        elif len(negations) == 1 and len(NEGATION.findall(words)) == 1:
            new, flag = words.replace(" not ", " ", 1), "negation"
        else:
            _require(verbs and not NEGATION.search(words), "nothing to turn")
            match = self.random.choice(verbs)
            new, flag = _put(words, match, match[0] + " not"), "negation"
        flags: frozenset[Flag] = frozenset({flag})  # type: ignore[arg-type]
        return self._case("turn a claim", "altered", new, base, flags, form="indirect")

    def _rewrite(self, base: Base) -> str:
        words = base.words
        telling = re.findall(r"[^\W\d_]{4,}", words)
        _require(len(telling) >= 5, "too few words that tell")
        exchanged = [w for w in telling if w in self.synonyms]
        for word in exchanged[: len(telling) // 4]:
            words = re.sub(rf"\b{word}\b", self.synonyms[word], words, count=1)
        seams = list(SEAM.finditer(words))
        if seams:
            seam = self.random.choice(seams)
            words = f"{words[seam.end() :]}, {words[: seam.start()]}"
        _require(words != base.words, "nothing to rewrite")
        return words

    def _case(
        self,
        change: str,
        want: Kind,
        words: str,
        base: Base,
        flags: frozenset[Flag] = frozenset(),
        *,
        form: Form = "direct",
    ) -> Case:
        return Case(
            change=change, want=want, parts=(words,), speaker=base.hit.speaker, form=form, flags=flags
        )

    def _respace(self, words: str) -> str:
        way = self.random.randrange(4)
        if way == 0:
            return words.replace("’", "'").replace("‘", "'")
        return words.replace(" ", "\u00a0", 1) if way == 1 else words


def _name_words(name: str) -> set[str]:
    return {word.removesuffix("'s") for word in fold(name).split()}


def _cuts_number(words: str, low: int, high: int) -> bool:
    before, after = words[:low].split(), words[high:].split()
    edges = [(before[-1:], words[low:].split()[:1]), (words[:high].split()[-1:], after[:1])]
    return any(one and other and NUMBER.search(one[0]) and NUMBER.search(other[0]) for one, other in edges)


def _put(words: str, match: re.Match[str], new: str) -> str:
    return words[: match.start()] + new + words[match.end() :]


def _affirm(negation: str) -> str:
    plain = negation.replace("’", "'").strip().lower()
    if plain in ("not", "never"):
        return ""
    return POSITIVE.get(plain) or re.sub(r"n['’]t$", "", negation)


def _fits(base: Base) -> None:
    _require(FEWEST_WORDS <= len(base.places) <= MOST_WORDS, "too few or too many words")
    _require("[" not in base.words, "an editor's brackets")


def _require(holds: object, reason: str) -> None:
    if not holds:
        raise UnsureError(reason)


def _read_synonyms() -> dict[str, str]:
    lines = (Path(__file__).parent / "synonyms.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}
