"""Interviews set as questions and answers: whose "I" an answer's is, and whom a question calls "you".

In: a page and the cast of its entities. Out: the person meant at a place, or None where the article is no
interview or does not tell.
"""

import re
from bisect import bisect_right
from collections import Counter

from onrecord.extract.cast import Cast, Member
from onrecord.extract.page import Page
from onrecord.language.names import plain_word
from onrecord.record import Mention

QUESTION_END = re.compile(r"\?[\"”’'\s]*$")
LABEL = re.compile(r"(?P<label>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,3})\s?:\s")
ASKING = frozenset({"q", "question", "interviewer"})
# Fewer questions than this stand in many an article that is no interview.
FEWEST_QUESTIONS = 3


class Interview:
    """The questions and answers of a page; none where it is no interview."""

    def __init__(self, page: Page, cast: Cast) -> None:
        self.starts = [low for low, _ in page.paragraphs]
        texts = [page.text[low:high] for low, high in page.paragraphs]
        self.labels = [LABEL.match(text) for text in texts]
        self.questions = [k for k, text in enumerate(texts) if QUESTION_END.search(text)]
        followed = [k for k in self.questions if k + 1 < len(texts) and k + 1 not in self.questions]
        self.is_one = len(followed) >= FEWEST_QUESTIONS and len(texts) < 6 * len(self.questions)
        self.interviewee = self._interviewee(cast) if self.is_one else None
        self.cast = cast
        self.is_set = self.is_one or any(label is not None for label in self.labels)

    def _interviewee(self, cast: Cast) -> Member | None:
        """The person whom the words before the first question name most, those with a full name first."""
        first = self.starts[self.questions[0]]
        named = Counter(
            k
            for k, member in enumerate(cast.members)
            if member.entity.kind == "person" and member.entity.named
            for mention in member.mentions
            if mention.span.start_char < first
        )
        best = max(named, key=lambda k: (" " in cast.members[k].entity.name, named[k], -k), default=None)
        return cast.members[best] if best is not None else None

    def speaker_at(self, place: int) -> tuple[Mention, Member, str] | None:
        """Whose "I" stands at a place: the one whose label opens the paragraph, or who answers."""
        paragraph = bisect_right(self.starts, place) - 1
        labelled = self._labelled(paragraph)
        if labelled is not None:
            return labelled.naming, labelled, "speaker_label"
        if self.interviewee is None or paragraph in self.questions or paragraph < self.questions[0]:
            return None
        return self.interviewee.naming, self.interviewee, "interviewee"

    def addressed_at(self, place: int) -> tuple[Mention, Member, str] | None:
        """Whom "you" means at a place: the one who is asked."""
        paragraph = bisect_right(self.starts, place) - 1
        if self.interviewee is None or paragraph not in self.questions:
            return None
        return self.interviewee.naming, self.interviewee, "interviewee"

    def _labelled(self, paragraph: int) -> Member | None:
        """The person of the article whom the label of a paragraph names: "Vance: I disagree." """
        label = self.labels[paragraph] if 0 <= paragraph < len(self.labels) else None
        if label is None or label["label"].lower() in ASKING:
            return None
        words = [plain_word(w.strip(".")) for w in label["label"].split()]
        for member in self.cast.members:
            if member.entity.named and member.entity.kind == "person":
                name = [plain_word(w) for w in member.entity.name.split()]
                initials = ["".join(w[0] for w in name)] if name else []
                if words[-1] == name[-1] or words == initials:
                    return member
        return None
