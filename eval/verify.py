"""`python -m eval.verify`: the suite of the verifier, cases made by rule and the verdicts that they get.

In: the folder of PolNeAR, or the project's samples alone. Out: a Markdown table on standard output; exit
code 1 where a promise is broken, 2 where a file is missing.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import click

from eval.corpus import read_articles
from eval.ending import run_command
from eval.report import show_grid
from eval.verify_cases import Case, CaseMaker
from eval.verify_source import MemorySource, passages_of_corpus, passages_of_samples
from eval.verify_store import keep_passages
from onrecord.record import Passage, Span
from onrecord.verifier import Claim, PassageSource, Verdict, verify_claims

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
HARD_FLAGS = ("negation", "number", "name")
LEAST_RIGHT = 0.99
# Quotations to a draft, as a long article has them.
DRAFT_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A case and the verdict that it got."""

    case: Case
    verdict: Verdict

    @property
    def right(self) -> bool:
        """Whether the kind is the one that it must be."""
        return self.verdict.kind == self.case.want

    @property
    def flagged(self) -> bool:
        """Whether every flag that must be raised is."""
        return self.case.flags <= set(self.verdict.flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """All outcomes, what was left out by reason, and the seconds that the verifier took."""

    outcomes: tuple[Outcome, ...]
    left_out: Counter[str]
    seconds: float

    @property
    def right(self) -> float:
        """The share of cases with the right kind."""
        return sum(o.right for o in self.outcomes) / len(self.outcomes)

    @property
    def exact_missed(self) -> list[Outcome]:
        """Exact quotations that were not called exact."""
        return [o for o in self.outcomes if o.case.want == "exact" and o.verdict.kind != "exact"]

    @property
    def altered_passed(self) -> list[Outcome]:
        """Altered quotations that were called exact, or exact but for marks."""
        return [o for o in self.outcomes if o.case.want == "altered" and o.verdict.kind in ("exact", "marks")]

    @property
    def unflagged(self) -> list[Outcome]:
        """Turned negations, numbers and names that raised no flag."""
        return [o for o in self.outcomes if o.case.flags & set(HARD_FLAGS) and not o.flagged]

    @property
    def kept(self) -> bool:
        """Whether all four promises hold."""
        broken = self.exact_missed or self.altered_passed or self.unflagged
        return not broken and self.right >= LEAST_RIGHT


def run_suite(
    passages: Sequence[Passage], source: PassageSource | None = None, *, seed: int = 0, each: int = 260
) -> Suite:
    """The outcomes of all cases that can be made of these passages; `source` finds them, or others."""
    maker = CaseMaker(passages, seed=seed, each=each)
    cases = maker.make_cases()
    held = source or MemorySource(passages)
    begun, outcomes = time.perf_counter(), list[Outcome]()
    for at in range(0, len(cases), DRAFT_SIZE):
        some = cases[at : at + DRAFT_SIZE]
        outcomes += [Outcome(case=c, verdict=v) for c, v in zip(some, judge_cases(some, held), strict=True)]
    seconds = time.perf_counter() - begun
    return Suite(outcomes=tuple(outcomes), left_out=maker.left_out, seconds=seconds)


def judge_cases(cases: Sequence[Case], source: PassageSource) -> tuple[Verdict, ...]:
    """The verdicts on a draft that has these claims one after the other."""
    text, claims = "", []
    for case in cases:
        text += f"{case.speaker or 'She'} said: “"
        spans = []
        for part in case.parts:
            spans.append(Span(start_char=len(text), end_char=len(text) + len(part)))
            text += part + "”\n\n"
        claims.append(
            Claim(
                words=case.parts,
                spans=tuple(spans),
                form=case.form,
                source=case.speaker,
                speaker=case.speaker,
            )
        )
    return verify_claims(claims, source, draft="suite", text=text).verdicts


def show_suite(suite: Suite) -> str:
    """The tables of a suite, and its promises."""
    return "\n\n".join([_show_kinds(suite), _show_confusion(suite), _show_promises(suite)])


def _show_kinds(suite: Suite) -> str:
    rows = []
    for change in dict.fromkeys(o.case.change for o in suite.outcomes):
        some = [o for o in suite.outcomes if o.case.change == change]
        flags = [o for o in some if o.case.flags]
        flagged = f"{sum(o.flagged for o in flags)}/{len(flags)}" if flags else ""
        rows.append([change, some[0].case.want, str(sum(o.right for o in some)), str(len(some)), flagged])
    total = [str(sum(o.right for o in suite.outcomes)), str(len(suite.outcomes))]
    rows.append(["all", "", *total, ""])
    return show_grid(["what the draft does", "verdict", "right", "of", "flagged"], rows)


def _show_confusion(suite: Suite) -> str:
    pairs = Counter((o.case.want, o.verdict.kind) for o in suite.outcomes)
    wanted = list(dict.fromkeys(o.case.want for o in suite.outcomes))
    got = [*wanted, *sorted({kind for _, kind in pairs} - set(wanted))]
    rows = [[want, *(str(pairs[want, kind] or "") for kind in got)] for want in wanted]
    return show_grid(["wanted \\ got", *got], rows)


def _show_promises(suite: Suite) -> str:
    exact = [o for o in suite.outcomes if o.case.want == "exact"]
    altered = [o for o in suite.outcomes if o.case.want == "altered"]
    turned = [o for o in suite.outcomes if o.case.flags & set(HARD_FLAGS)]
    flagged = len(turned) - len(suite.unflagged)
    lines = [
        f"- exact quotations called exact: {len(exact) - len(suite.exact_missed)} of {len(exact)}",
        f"- altered quotations called exact or marks: {len(suite.altered_passed)} of {len(altered)}",
        f"- turned negations, numbers and names flagged: {flagged} of {len(turned)}",
        f"- right kinds: {100 * suite.right:.2f} % of {len(suite.outcomes)}",
        f"- left out as unsure when made: {sum(suite.left_out.values())}",
        f"- time: {1000 * suite.seconds / len(suite.outcomes):.1f} ms a quotation",
    ]
    return "\n".join(lines)


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("../shared/data/polnear"),
    show_default=True,
    help="Folder of PolNeAR, whose dev part is used.",
)
@click.option("--samples", is_flag=True, help="Use the project's samples alone.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--each", type=int, default=260, show_default=True, help="Cases of a kind.")
@click.option("--wrong", type=int, default=0, help="Print so many of the wrong verdicts.")
@click.option("--json", "json_path", type=click.Path(dir_okay=False, path_type=Path), help="Write figures.")
@click.option("--store", is_flag=True, help="Find passages by the index of a real store.")
def main(data: Path, samples: bool, wrong: int, json_path: Path | None, store: bool, **sizes: int) -> None:
    """Hold quotations that were perturbed by rule against what they were taken from."""
    passages = passages_of_samples(SAMPLES)
    if not samples:
        passages += passages_of_corpus(read_articles(data))
    with keep_passages(passages) if store else nullcontext() as source:
        suite = run_suite(passages, source, **sizes)
    click.echo(show_suite(suite))
    for outcome in [o for o in suite.outcomes if not (o.right and o.flagged)][:wrong]:
        click.echo(_show_wrong(outcome))
    if json_path:
        figures = {"right": suite.right, "cases": len(suite.outcomes), "left_out": dict(suite.left_out)}
        json_path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    sys.exit(0 if suite.kept else 1)


def _show_wrong(outcome: Outcome) -> str:
    case, verdict = outcome.case, outcome.verdict
    held = " / ".join(words for e in verdict.evidence[:1] for words in e.words)
    return (
        f"\n{case.change}: wanted {case.want}, got {verdict.rule} ({verdict.similarity:.2f})\n"
        f"  {case.speaker}: {' | '.join(case.parts)}\n  held: {held}\n  {verdict.reason}"
    )


if __name__ == "__main__":
    run_command(main)
