"""A draft held against the record: each quotation in, out whether it is there, word for word, and whose."""

from onrecord.verifier.source import PassageSource
from onrecord.verifier.verdict import (
    FAILING,
    FLAGS,
    KINDS,
    Change,
    ChangeKind,
    Claim,
    Evidence,
    Flag,
    Kind,
    Report,
    Verdict,
)
from onrecord.verifier.verify import verify_claims

__all__ = [
    "FAILING",
    "FLAGS",
    "KINDS",
    "Change",
    "ChangeKind",
    "Claim",
    "Evidence",
    "Flag",
    "Kind",
    "PassageSource",
    "Report",
    "Verdict",
    "verify_claims",
]
