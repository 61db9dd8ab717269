"""The best that flat labels can reach: gold attributions of the articles put onto the instances.

In: articles with attributions, and their labelled instances. Out: the figures of
`eval.sentences` for a reader that finds every gold span. What is lacking to 100 is what the two
copies of the corpus disagree on, and what flattening loses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.corpus import Attribution, GoldArticle, Instance
from eval.figures import Figure, summarise
from eval.sentences import Bounds, flatten, score_labels

MARKS = {
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "―": "-", "…": "...", "\u200b": "",
}  # fmt: skip
TOKEN_MARKS = {
    "``": '"', "''": '"', "'''": "'\"", "`": "'", "--": "-",
    "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}",
}  # fmt: skip
FURTHEST_MARK = 3  # characters that a mark may lie off its place


@dataclass(frozen=True, slots=True)
class Letters:
    """A text without white space and with its marks made plain, and where each character lay."""

    plain: str
    places: tuple[int, ...]
    words: str
    word_places: tuple[int, ...]


def measure_ceiling(articles: Sequence[GoldArticle], instances: Sequence[Instance]) -> dict[str, Figure]:
    """The figures of the gold, flattened by `flatten`, against the instances' labels."""
    by_id = {article.article_id: article for article in articles}
    texts = {name: letters_of(article.text) for name, article in by_id.items()}
    at: dict[tuple[str, str], int] = {}
    tallies = []
    for instance in instances:
        key = (instance.article_id, instance.annotator)
        bounds, at[key] = align(texts[instance.article_id], instance.tokens, at.get(key, 0))
        gold = _attributions_of(by_id[instance.article_id], instance.annotator)
        labels = flatten(gold, bounds) if bounds else ["O"] * len(instance.tokens)
        tallies.append(score_labels(instance.labels, labels))
    return summarise(tallies)


def _attributions_of(article: GoldArticle, annotator: str) -> Sequence[Attribution]:
    return article.by_annotator.get(annotator, article.attributions)


def letters_of(text: str) -> Letters:
    """The text as `align` compares it."""
    pairs: list[tuple[str, int]] = []
    for i, char in enumerate(text):
        if char == "'" and text[i + 1 : i + 2] == "'":
            continue  # two single marks are one double one, held by the second
        shown = '"' if char == text[i - 1 : i] == "'" else MARKS.get(char, char)
        pairs.extend((c, i) for c in shown if not c.isspace())
    words = [k for k, (char, _) in enumerate(pairs) if char.isalnum()]
    return Letters(
        plain="".join(char for char, _ in pairs),
        places=tuple(place for _, place in pairs),
        words="".join(pairs[k][0] for k in words),
        word_places=tuple(words),
    )


def align(text: Letters, tokens: Sequence[str], after: int = 0) -> tuple[list[Bounds], int]:
    """Where each token lies in the text, and where to look on; no bounds where they are not found.

    The tokens are found by their letters and digits, the first such place from `after` on; then
    each takes its characters in turn, a mark at most `FURTHEST_MARK` further. A mark that is not
    there shares the character before it.
    """
    plain = [_plain(token) for token in tokens]
    sought = "".join(c for token in plain for c in token if c.isalnum())
    found = text.words.find(sought, after)
    found = found if found >= 0 else text.words.find(sought)
    if found < 0 or not sought:
        return [], after
    at, bounds = _first_place(text, plain, text.word_places[found]), list[Bounds]()
    for token in plain:
        low, high = _take(text.plain, token, at)
        if low == high:
            low = max(0, at - 1)
            bounds.append((text.places[low], text.places[low] + 1))
            continue
        bounds.append((text.places[low], text.places[high - 1] + 1))
        at = high
    return bounds, found + len(sought)


def _plain(token: str) -> str:
    shown = TOKEN_MARKS.get(token, token)
    return "".join(MARKS.get(c, c) for c in shown if not c.isspace())


def _first_place(text: Letters, plain: Sequence[str], at: int) -> int:
    """Steps back from the first letter over the marks that the tokens begin with."""
    lead = "".join(plain)
    lead = lead[: next(i for i, c in enumerate(lead) if c.isalnum())]
    for char in reversed(lead):
        if at > 0 and text.plain[at - 1] == char:
            at -= 1
    return at


def _take(plain: str, token: str, at: int) -> tuple[int, int]:
    """The bounds of a token at a place or right after it, empty where it is not there."""
    if plain.startswith(token, at):
        return at, at + len(token)
    letters = [c for c in token if c.isalnum()]
    if not letters:
        for step in range(1, FURTHEST_MARK + 1):
            if any(c.isalnum() for c in plain[at : at + step]):
                break
            if plain.startswith(token, at + step):
                return at + step, at + step + len(token)
        return at, at
    return _take_letters(plain, letters, at)


def _take_letters(plain: str, letters: Sequence[str], at: int) -> tuple[int, int]:
    places: list[int] = []
    while len(places) < len(letters) and at < len(plain):
        if plain[at] == letters[len(places)]:
            places.append(at)
        at += 1
    return (places[0], places[-1] + 1) if places else (at, at)
