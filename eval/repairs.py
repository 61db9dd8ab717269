"""What each repair adds: the articles scored with all repairs, without each one, and with none.

In: articles and the engine. Out: a table of end-to-end, content and exact F1 a row. The model
reads each article once; only the rules run again.
"""

from collections.abc import Callable, Sequence

from eval.corpus import Attribution, GoldArticle
from eval.figures import summarise
from eval.spans import score_article
from onrecord.engine import Engine, lines_of
from onrecord.extract.draft import Draft
from onrecord.extract.page import Page
from onrecord.extract.repairs import REPAIRS
from onrecord.extract.statements import read_drafts

Repair = Callable[[list[Draft], Page], list[Draft]]
FIGURES = ("e2e", "tok_content", "exact_content", "cit_exact_all")


def repair_rows(articles: Sequence[GoldArticle], engine: Engine) -> list[tuple[str, dict[str, float]]]:
    """(name of the choice, F1 by figure) for all repairs, each left out, and none."""
    read = []
    for article in articles:
        drafts, _, page = read_drafts(article.text, lines_of(article.text), engine.encoder)
        read.append((article, drafts, page))
    choices: list[tuple[str, tuple[Repair, ...]]] = [("all repairs", REPAIRS)]
    for repair in REPAIRS:
        choices.append((f"without {repair.__name__}", tuple(r for r in REPAIRS if r is not repair)))
    choices.append(("no repair", ()))
    return [(name, _score(read, repairs)) for name, repairs in choices]


def _score(
    read: Sequence[tuple[GoldArticle, list[Draft], Page]], repairs: Sequence[Repair]
) -> dict[str, float]:
    tallies = []
    for article, drafts, page in read:
        repaired = drafts
        for repair in repairs:
            repaired = repair(repaired, page)
        predicted = [_attribution(draft) for draft in repaired if draft.content]
        tallies.append(score_article(article.text, article.attributions, predicted))
    figures = summarise(tallies)
    return {name: figures[name].f1 for name in FIGURES}


def _attribution(draft: Draft) -> Attribution:
    roles = {"source": draft.source, "cue": draft.cue, "content": draft.content}
    return {role: [[s.start_char, s.end_char] for s in spans] for role, spans in roles.items()}
