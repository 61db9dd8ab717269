"""`verify_claims`: the claims of a draft in, out a report with a verdict on each. Pure and deterministic."""

from collections.abc import Sequence

from onrecord.verifier.paraphrases import judge_claim
from onrecord.verifier.quotations import judge_quotation
from onrecord.verifier.shelf import Shelf
from onrecord.verifier.source import PassageSource
from onrecord.verifier.speakers import name_of_claim
from onrecord.verifier.verdict import KINDS, Claim, Report, Verdict
from onrecord.verifier.wanted import read_claim


def verify_claims(claims: Sequence[Claim], source: PassageSource, *, draft: str, text: str) -> Report:
    """Every claim of a draft held against the record, in the order given.

    `draft` is what the draft is called, `text` its text, which the spans of the claims are in.
    """
    shelf = Shelf(source)
    verdicts = tuple(_judge(claim, text, shelf) for claim in claims)
    return Report(draft=draft, text=text, verdicts=verdicts, notes=_notes(claims))


def _judge(claim: Claim, text: str, shelf: Shelf) -> Verdict:
    wanted = read_claim(claim, text)
    if not wanted.is_quotation:
        return judge_claim(read_claim(claim, text, plain=True), shelf)
    if not wanted.inserted:
        return judge_quotation(wanted, shelf)
    # What stands in brackets may be the draft's own, or stand in brackets in the record too.
    readings = [read_claim(claim, text, plain=True), wanted]
    return min((judge_quotation(reading, shelf) for reading in readings), key=_doubt)


def _doubt(verdict: Verdict) -> tuple[bool, int]:
    """What puts a verdict behind that on another reading: words that are not right, then its kind."""
    return verdict.kind in ("altered", "not_found"), KINDS.index(verdict.kind)


def _notes(claims: Sequence[Claim]) -> tuple[str, ...]:
    """What a reader must know beside the verdicts."""
    quotations = [claim for claim in claims if claim.form == "direct"]
    if not quotations:
        return ("The draft holds no quotation.",)
    nameless = sum(name_of_claim(claim) is None for claim in quotations)
    if not nameless:
        return ()
    count = "One quotation" if nameless == 1 else f"{nameless} quotations"
    verb = "has" if nameless == 1 else "have"
    return (f"{count} of the draft {verb} no speaker's name: whose words they are was not compared.",)
