"""The first person in quotations: "I" is the speaker, "we" the speaker's group where the article tells it.

In: the cast and the statements with their speakers. The mentions join the speaker's entity, and leave any
other; what "we" means without being told is said to be unknown.
"""

from collections.abc import Iterator, Mapping, Sequence

from onrecord.extract.cast import Cast, Member
from onrecord.extract.page import Page
from onrecord.language.pronouns import first_person_pattern
from onrecord.language.quotations import Quotation, pair_quotations
from onrecord.record import Mention, Origin, Span, Statement, Unknown

RULES_VERSION = "1"
GROUPS = frozenset({"organisation", "outlet", "group", "place"})
# "we" beside an organisation that a role names: "a spokesman for the ministry".
AFFILIATIONS = frozenset({"organisation", "outlet"})
UNKNOWN_WE = "The quotation says “{word}”; the article does not tell for whom {name} speaks."


class Quoted:
    """Whose each quotation is: the innermost statement that holds it and whose cue stands outside it."""

    def __init__(self, statements: Sequence[Statement], page: Page) -> None:
        self.statements = statements
        self.page = page
        self.by_quotation: dict[Quotation, int] = {}
        for number, statement in enumerate(statements):
            for span in statement.content:
                for quotation in page.quotations_in(span):
                    if self._is_said_by(statement, quotation) and self._is_inner(number, quotation):
                        self.by_quotation[quotation] = number

    @staticmethod
    def _is_said_by(statement: Statement, quotation: Quotation) -> bool:
        """Whether the marks belong to what is said: neither cue nor source stands between them."""
        return not any(
            quotation.start_char <= s.start_char < quotation.end_char
            for s in (*statement.cue, *statement.source)
        )

    def _is_inner(self, number: int, quotation: Quotation) -> bool:
        held = self.by_quotation.get(quotation)
        return held is None or _size(self.statements[number]) < _size(self.statements[held])

    def owner_of(self, place: int) -> int | None:
        """The statement whose words a place in a quotation belongs to."""
        for quotation in self.page.quotations_in(Span(start_char=place, end_char=place + 1)):
            return self.by_quotation.get(quotation)
        return None


def _size(statement: Statement) -> int:
    return sum(s.end_char - s.start_char for s in statement.content)


def join_first_person(quoted: Quoted, speakers: Mapping[int, Member], cast: Cast) -> dict[int, Unknown]:
    """Give each first person in a quotation to its speaker; what "we" leaves unknown, by statement."""
    unknown: dict[int, Unknown] = {}
    text = cast.text
    for quotation, number in quoted.by_quotation.items():
        speaker = speakers.get(number)
        if speaker is None:
            continue
        for match in _first_persons(text, quotation):
            span = Span(start_char=match[0], end_char=match[1])
            mention = Mention(
                text=span.of(text),
                span=span,
                form="pronoun",
                origin=Origin(kind="rule", name="mentions/first_person", version=RULES_VERSION),
            )
            if not match[2]:
                cast.give(speaker, mention, "first_person")
            elif not _join_we(mention, speaker, cast):
                reason = UNKNOWN_WE.format(word=mention.text.lower(), name=speaker.entity.name)
                unknown.setdefault(number, Unknown(field="we", reason=reason))
    return unknown


def _first_persons(text: str, quotation: Quotation) -> Iterator[tuple[int, int, bool]]:
    """Bounds of the first persons that the quotation's own speaker says, and whether each means several."""
    matches = list(first_person_pattern().finditer(text, quotation.start_char, quotation.end_char))
    if not matches:
        return
    marks = len(quotation.mark)
    inner = pair_quotations(
        text, quotation.start_char + marks, max(quotation.end_char - 1, quotation.start_char + marks)
    )
    for match in matches:
        if not any(q.start_char <= match.start() < q.end_char for q in inner):
            yield match.start(), match.end(), match.group("plural") is not None


def _join_we(mention: Mention, speaker: Member, cast: Cast) -> bool:
    """Give "we" to the speaker's group; False where nothing tells which that is."""
    if speaker.entity.kind in GROUPS or speaker.entity.plural:
        cast.give(speaker, mention, "we_of_group")
        return True
    held = cast.owner.get(mention.span)
    if held is not None and held is not speaker and held.entity.kind in GROUPS:
        return True  # the model tells it
    bodies = affiliations_of(speaker, cast)
    if len(bodies) != 1:
        return False
    cast.give(bodies[0], mention, "we_of_affiliation")
    return True


def affiliations_of(speaker: Member, cast: Cast) -> list[Member]:
    """The organisations that somebody's descriptions name: of "a spokesman for the ministry" the ministry."""
    found: list[Member] = []
    spans = [d.span for d in speaker.entity.descriptions]
    if not speaker.entity.named:
        spans.append(speaker.entity.name_span)
    for span in spans:
        for mention, member in cast.around(span):
            inside = span.start_char <= mention.span.start_char and mention.span.end_char <= span.end_char
            if (
                inside
                and member is not speaker
                and member.entity.kind in AFFILIATIONS
                and member not in found
            ):
                found.append(member)
    return found
