"""Hops are found where a sentence names them, with the exact characters, in the order of the chain."""

from dataclasses import dataclass

import pytest

import onrecord
from onrecord.extract.hops import add_agencies, find_hops, link_hops
from onrecord.record import Entity, HeaderField, Hop, Origin, Span
from tests.factories import make_entity, make_mention, make_statement

RULE = Origin(kind="rule", name="test", version="1")


@dataclass(frozen=True, kw_only=True)
class Parts:
    content: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()


def parts_of(sentence: str, **words: str) -> Parts:
    """The spans of words of a sentence; of no words, none."""
    starts = {role: sentence.index(part) for role, part in words.items()}
    return Parts(**{r: (Span(start_char=s, end_char=s + len(words[r])),) for r, s in starts.items()})


def hops_in(sentence: str, *beside: Parts, **words: str) -> list[tuple[str, str]]:
    """Kind and words of the hops; by default the whole sentence is the cue."""
    own = parts_of(sentence, **{"cue": sentence, **words})
    whole = Span(start_char=0, end_char=len(sentence))
    return [(h.kind, h.span.of(sentence)) for h in find_hops(sentence, whole, own, beside)]


TOLD = [
    ('"No," Ilse Orr told the Harrow Ledger.', "the Harrow Ledger"),
    ("She told reporters it was over.", "reporters"),
    ("In an interview with the Lumen Post, Orr said so.", "the Lumen Post"),
    ("The deal is off, Orr told Lumen News Monday.", "Lumen News"),
    ("Birch told Tom Orr that it was over.", "Tom Orr"),
    ("Birch told Vance, who left.", "Vance"),
    ("Birch told Mr. Vance that it was over.", "Mr. Vance"),
    ("Birch told him that it was over.", "him"),
    ("Birch told her that it was over.", "her"),
    ("“It is over,” Birch told me.", "me"),
    ("Birch told a rally in Beltown that it was over.", "a rally"),
    ("Birch told a cheering crowd that it was over.", "a cheering crowd"),
    ("Birch told lawmakers it was over.", "lawmakers"),
    ("Birch told Beltown residents to stay inside.", "Beltown residents"),
    ("Birch told the BBC's Mira Vance that it was over.", "the BBC's Mira Vance"),
    ("Birch told Lumen Radio’s “Morning Bell” that it was over.", "Lumen Radio’s “Morning Bell”"),
    ("Birch told Lumen News anchor Ida Orr that it was over.", "Lumen News anchor Ida Orr"),
    ("Birch told AFP by phone that it was over.", "AFP"),
    ("Birch told state television it was over.", "state television"),
    ("It was over, Birch said in remarks to the council.", "the council"),
    ("It was over, Birch said in an email to the Lantern.", "the Lantern"),
    ("Birch said to a crowd of hundreds that it was over.", "a crowd"),
    ("Speaking to reporters in Beltown, Birch said it was over.", "reporters"),
    ("“It is over,” Birch said Sunday on Lumen TV.", "Lumen TV"),
    ("Birch assured voters that it was over.", "voters"),
    ("Birch also repeatedly told her supporters that it was over.", "her supporters"),
]
WROTE_ON = [
    ("Orr wrote on Telegram that it was over.", "Telegram"),
    ("It was over, Orr said in a post on social media.", "social media"),
    ("It was over, Orr said in a post on X.", "X"),
    ("Orr announced it on his Telegram channel.", "his Telegram channel"),
    ("The ministry said on its website that it was over.", "its website"),
    ("On Twitter, Orr called it over.", "Twitter"),
    ("Orr took to Facebook, saying it was over.", "Facebook"),
    ("Orr called it over in a tweet.", "a tweet"),
    ("It was over, Orr wrote in an op-ed for the Lantern.", "the Lantern"),
    ("It was over, Orr wrote in a letter to the council.", "a letter to the council"),
]
QUOTED_BY = [
    ("Orr was quoted by the Velden Courier as saying so.", "the Velden Courier"),
    ("Orr was quoted as saying by Lumen News that it was over.", "Lumen News"),
    ("It was over, as quoted by state media.", "state media"),
    ("Orr, quoted by the Velta agency, said so.", "the Velta agency"),
    ("The agency quoted him as saying that it was over.", "The agency"),
    ("The Velden Courier quoted Ilse Orr as saying it was over.", "The Velden Courier"),
    ("Orr, cited by Interfax, said so.", "Interfax"),
    ("It was over, Orr said, Interfax reported on Monday.", "Interfax"),
    ("Orr said so in remarks carried by Lumen News.", "Lumen News"),
]
ACCORDING_TO = [
    ("The deal is off, Orr stated according to Lumen.", "Lumen"),
    ("Orr said no, according to an account in the Lantern.", "the Lantern"),
    ("Orr said no, according to two people in the room.", "two people"),
]
CITED_DOCUMENT = [
    ("It was over, Orr said, citing a leaked ministry document.", "a leaked ministry document"),
    ("Orr said in a statement that it was over.", "a statement"),
    ("In a written statement, Orr said that it was over.", "a written statement"),
    ("Orr stated in her memoir that it was over.", "her memoir"),
    ("Orr issued a statement saying it was over.", "a statement"),
    ("Orr had said so, according to court documents.", "court documents"),
]
READ_BY = [
    ("Orr said so in a statement read by his lawyer.", "his lawyer"),
    ("In a letter read aloud by Ida Birch, Orr said so.", "Ida Birch"),
    ("Orr's words were read out in court by his lawyer, Ida Birch.", "his lawyer, Ida Birch"),
    ("His lawyer read out a statement in which Orr said so.", "His lawyer"),
    ("Orr said through a spokeswoman that it was over.", "a spokeswoman"),
]
TRANSLATED_BY = [
    ("“It is over,” Orr said through an interpreter.", "an interpreter"),
    ("Speaking through a translator, Orr said so.", "a translator"),
    ("“It is over,” Orr said, translated by Ida Birch.", "Ida Birch"),
    ("Her words, translated from the Russian by Ida Birch, were plain.", "Ida Birch"),
]
ANONYMOUS = [
    ("An aide said so on condition of anonymity.", "on condition of anonymity"),
    ("An aide not authorised to speak publicly said so.", "not authorised to speak publicly"),
    ("An aide, who asked not to be named, said so.", "asked not to be named"),
    ("An aide who wasn't authorized to comment said so.", "wasn't authorized to comment"),
    ("An aide speaking on background said so.", "on background"),
    ("An aide, who declined to give his name, said so.", "declined to give his name"),
    ("An aide, speaking anonymously, said so.", "anonymously"),
    ("An aide whose name was withheld said so.", "whose name was withheld"),
    ("An aide, who spoke to us for fear of reprisals, said so.", "for fear of reprisals"),
    ("An aide who wished to remain anonymous said so.", "wished to remain anonymous"),
    ("An aide who requested anonymity said so.", "requested anonymity"),
    ("An aide, who gave only her first name, said so.", "gave only her first name"),
    ("An aide, who did not want to be identified, said so.", "did not want to be identified"),
]
FOUND = [
    (kind, *row)
    for kind, rows in {
        "told": TOLD,
        "wrote_on": WROTE_ON,
        "quoted_by": QUOTED_BY,
        "according_to": ACCORDING_TO,
        "cited_document": CITED_DOCUMENT,
        "read_by": READ_BY,
        "translated_by": TRANSLATED_BY,
        "anonymous": ANONYMOUS,
    }.items()
    for row in rows
]


def cue_in(sentence: str) -> str:
    """A word of saying that the sentence has, else its first word: enough of a cue for any rule."""
    says = ("told", "quoted", "stated", "assured", "said", "wrote")
    return next((word for word in says if f" {word} " in sentence), sentence.split(maxsplit=1)[0])


@pytest.mark.parametrize(("kind", "sentence", "words"), FOUND)
def test_a_hop_is_found(kind, sentence, words):
    assert (kind, words) in hops_in(sentence, cue=cue_in(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Orr said in an interview on Monday that it was over.",
        "In a statement on accounting rules the firm was silent.",
        "Orr said on Xmas Eve that it was over.",
        "Orr said on page 4 that it was over.",
        "Orr said in the final minutes that it was over.",
        "Orr asked to be named captain.",
        "Orr said that time would tell the truth.",
        "Orr said the book was widely read by critics.",
        "Orr said the novel was published by Lumen Books.",
        "Orr said in response to Birch's plan that it was over.",
        "Residents had fled for fear of reprisals, Orr said.",
        "Orr said that background checks had failed.",
        "Orr said nobody was authorised to open the gates.",
        "Orr said the post office was in a bad state.",
        "Orr said the reporters had left.",
    ],
)
def test_what_only_looks_like_a_hop_is_none(sentence):
    assert hops_in(sentence, cue=cue_in(sentence)) == []


def test_whom_another_statement_was_told_is_not_its_own():
    sentence = "Birch told Lumen News that she won, but Orr insisted nobody did."
    told = parts_of(sentence, cue="told", source="Birch", content="that she won")
    assert hops_in(sentence, told, cue="insisted", source="Orr", content="nobody did") == []


def test_the_hop_of_a_statement_beside_it_is_not_its_own():
    sentence = "“We won,” Birch said, though according to Orr nobody did."
    other = parts_of(sentence, cue="according to", source="Orr", content="nobody did")
    assert hops_in(sentence, other, cue="said", content="“We won,”") == []


def test_a_name_withheld_in_the_source_of_another_is_not_its_own():
    sentence = "An aide, who asked not to be named, said no; Birch said yes."
    other = parts_of(sentence, cue="said no", source="An aide, who asked not to be named,")
    assert hops_in(sentence, other, cue="said yes", source="Birch") == []


def test_whom_a_statement_that_holds_it_was_told_is_not_its_own():
    sentence = "In remarks to reporters, Birch said that Orr promised a bridge."
    outer = parts_of(sentence, cue="said", source="Birch", content="that Orr promised a bridge")
    assert hops_in(sentence, outer, cue="promised", source="Orr", content="a bridge") == []


def test_who_passes_on_a_statement_that_holds_it_is_its_hop():
    sentence = "“We won,” Birch said, according to Lumen."
    outer = parts_of(sentence, cue="according to", source="Lumen", content="“We won,” Birch said")
    found = hops_in(sentence, outer, cue="said", source="Birch", content="“We won,”")
    assert found == [("according_to", "Lumen")]


def test_the_source_is_no_hop_of_itself():
    assert hops_in("It was over, according to Lumen News.", cue="according to", source="Lumen News") == []


def test_a_source_may_itself_say_that_its_name_is_withheld():
    sentence = "An aide, who asked not to be named, said so."
    found = hops_in(sentence, cue="said", source="An aide, who asked not to be named,")
    assert found == [("anonymous", "asked not to be named")]


def test_an_unnamed_source_has_its_name_withheld():
    assert hops_in("An unnamed official said so.", cue="said", source="An unnamed official") == [
        ("anonymous", "unnamed official")
    ]


def test_an_unnamed_source_of_somebody_else_withholds_nothing():
    assert hops_in("Orr said an unnamed official lied.", cue="said", source="Orr") == []


def test_people_familiar_with_the_matter_withhold_their_names():
    sentence = "The gates may go, two people familiar with the matter said."
    found = hops_in(sentence, cue="said", source="two people familiar with the matter")
    assert found == [("anonymous", "two people familiar with the matter")]


def test_where_it_was_written_may_stand_at_the_end_of_the_source():
    sentence = "“It is over,” wrote Petra Orr on Chirper."
    found = hops_in(sentence, cue="wrote", source="Petra Orr on Chirper", content="“It is over,”")
    assert found == [("wrote_on", "Chirper")]


def test_what_is_said_may_stand_between_the_verb_and_where_it_was_written():
    sentence = "The club confirmed the sale on its website."
    found = hops_in(sentence, cue="confirmed", source="The club", content="the sale")
    assert found == [("wrote_on", "its website")]


def test_what_stands_behind_the_source_of_another_is_not_its_own():
    sentence = "Birch proposed a bridge, while Orr in a tweet said nobody would pay."
    other = parts_of(sentence, cue="said", source="Orr", content="nobody would pay")
    assert hops_in(sentence, other, cue="proposed", source="Birch", content="a bridge") == []


def test_the_same_source_named_by_a_pronoun_parts_no_hop_from_its_statement():
    sentence = "In an interview with Lumen News, Birch said no and he denied the rest."
    other = parts_of(sentence, cue="said", source="Birch", content="no")
    assert hops_in(sentence, other, cue="denied", source="he") == [("told", "Lumen News")]


def test_a_thought_has_no_hop_but_one_in_its_cue():
    sentence = "On Twitter, Orr reviews pictures and doubts that they are real."
    assert hops_in(sentence, cue="doubts", source="Orr", content="that they are real") == []


def test_a_document_that_a_statement_cites_is_its_hop_though_the_citing_was_found_too():
    sentence = "Citing a ministry memo, two officials said that the gates leaked."
    citing = parts_of(sentence, cue="Citing", content="a ministry memo")
    found = hops_in(sentence, citing, cue="said", source="two officials", content="that the gates leaked")
    assert found == [("cited_document", "a ministry memo")]


def test_a_name_withheld_for_two_reasons_is_one_hop():
    sentence = "An aide spoke on condition of anonymity because he was not authorised to speak publicly."
    assert hops_in(sentence) == [("anonymous", "on condition of anonymity")]


def test_who_reports_and_cites_the_speaker_is_the_hop():
    sentence = "Interfax reported on Monday, citing Ilse Orr, that it was over."
    assert hops_in(sentence, cue="citing", source="Ilse Orr", content="that it was over") == [
        ("quoted_by", "Interfax")
    ]


def test_according_to_far_behind_the_statement_is_not_its_hop():
    sentence = "Orr said no, and the new bridge over the old river was shut again, according to Lumen."
    assert hops_in(sentence, cue="said", source="Orr", content="no") == []


def test_what_is_said_is_searched_for_no_hops():
    assert (
        hops_in('"I told Reuters nothing," she said.', cue="said", content='"I told Reuters nothing,"') == []
    )


def test_a_sentence_without_a_hop_has_none():
    assert hops_in("The mayor said that the bridge was safe.") == []


def test_hops_stand_in_the_order_from_the_speaker_to_the_outlet():
    sentence = "The Lantern quoted Orr as saying in a letter to the council that it was over."
    assert [kind for kind, _ in hops_in(sentence, cue="as saying")] == ["wrote_on", "quoted_by"]


@pytest.mark.parametrize("line", ["A " * 300, "told the " * 80, "quoted the a b " * 60, "Aa’s " * 150])
def test_a_hostile_sentence_is_answered(line):
    assert isinstance(hops_in(line + "said in told on according to quoted as citing by"), list)


def test_the_agency_of_an_article_is_the_last_hop_of_its_statements():
    record = onrecord.read(
        "Bridge to Stay Shut Until Spring\n\nBELTOWN (Reuters) - The mayor of Beltown said on Monday that the"
        ' old bridge would stay shut.\n\n"Nobody was told," said Mira Kessel, who runs the ferry.\n'
    )
    assert record.statements
    assert {(s.chain[-1].kind, s.chain[-1].span.of(record.article.text)) for s in record.statements} == {
        ("agency", "Reuters")
    }


def test_an_agency_without_a_place_in_the_text_makes_no_hop():
    origin = Origin(kind="markup", name="json-ld", version="1")
    unplaced = HeaderField(value="Reuters", raw="Reuters", span=None, origin=origin)
    statements = onrecord.read("“Nobody was told,” said Mira Kessel, who runs the ferry.").statements
    assert [s.chain for s in add_agencies(statements, (unplaced,))] == [()]


TEXT = (
    "Ida Orr of Lumen News sat down. “No,” Tom Birch told Lumen News anchor Ida Orr on her Telegram channel."
)


def entity(name: str, kind: str, words: str, form: str = "name") -> Entity:
    mention = make_mention(TEXT, last_span_of(words), form=form)
    return make_entity(TEXT, [mention], kind=kind, entity_id=name)


def last_span_of(words: str) -> Span:
    start = TEXT.rindex(words)
    return Span(start_char=start, end_char=start + len(words))


def linked(words: str, *entities: Entity, kind: str = "told") -> str | None:
    hop = Hop(kind=kind, text=words, span=last_span_of(words), origin=RULE)
    statement = make_statement(TEXT, ["“No,”"], cue="told", source="Tom Birch", chain=(hop,))
    return link_hops([statement], entities)[0].chain[0].entity_id


ANCHOR = "Lumen News anchor Ida Orr"


def test_a_hop_is_linked_to_the_mention_that_equals_it():
    assert linked(ANCHOR, entity("orr", "person", ANCHOR), entity("news", "outlet", "Lumen News")) == "orr"


def test_a_hop_is_linked_to_the_mention_of_its_head():
    assert linked(ANCHOR, entity("news", "outlet", "Lumen News"), entity("orr", "person", "Ida Orr")) == "orr"


def test_a_hop_whose_head_nobody_mentions_is_linked_to_the_name_in_it():
    assert linked(ANCHOR, entity("news", "outlet", "Lumen News")) == "news"


def test_a_hop_is_not_linked_to_whom_the_channel_belongs():
    owner = entity("birch", "person", "her", form="pronoun")
    assert linked("her Telegram channel", owner, kind="wrote_on") is None


def test_a_hop_that_nobody_mentions_is_linked_to_nothing():
    assert linked(ANCHOR, entity("birch", "person", "Tom Birch")) is None


def test_a_withheld_name_is_linked_to_nothing():
    assert linked(ANCHOR, entity("orr", "person", ANCHOR), kind="anonymous") is None
