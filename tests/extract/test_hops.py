"""Hops are found where a sentence names them, with the exact characters."""

import pytest

import onrecord
from onrecord.extract.hops import add_agencies, find_hops
from onrecord.record import HeaderField, Origin, Span


def hops_in(sentence: str, content=None, source=None, other=None) -> list[tuple[str, str]]:
    def spans(part):
        if part is None:
            return []
        start = sentence.index(part)
        return [Span(start_char=start, end_char=start + len(part))]

    whole = Span(start_char=0, end_char=len(sentence))
    return [
        (h.kind, h.span.of(sentence))
        for h in find_hops(sentence, whole, [*spans(content), *spans(source)], spans(other))
    ]


@pytest.mark.parametrize(
    ("sentence", "hop"),
    [
        ('"No," Ilse Orr told the Harrow Ledger.', ("told", "the Harrow Ledger")),
        ("She told reporters it was over.", ("told", "reporters")),
        ("The deal is off, Orr stated according to Lumen.", ("according_to", "Lumen")),
        ("Orr was quoted by the Velden Courier as saying so.", ("quoted_by", "the Velden Courier")),
        ("Orr wrote on Telegram that it was over.", ("wrote_on", "Telegram")),
        ("It was over, Orr said in a post on social media.", ("wrote_on", "social media")),
        (
            "It was over, Orr said, citing a leaked ministry document.",
            ("cited_document", "a leaked ministry document"),
        ),
        ("Orr said in a statement that it was over.", ("cited_document", "a statement")),
        ("An aide said so on condition of anonymity.", ("anonymous", "on condition of anonymity")),
        ("In an interview with the Lumen Post, Orr said so.", ("told", "the Lumen Post")),
        ("The deal is off, Orr told Lumen News Monday.", ("told", "Lumen News")),
        (
            "An aide not authorised to speak publicly said so.",
            ("anonymous", "not authorised to speak publicly"),
        ),
        ("An aide, who asked not to be named, said so.", ("anonymous", "asked not to be named")),
    ],
)
def test_a_hop_is_found(sentence, hop):
    assert hop in hops_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Orr said in an interview on Monday that it was over.",
        "Birch told Tom Orr that it was over.",
        "In a statement on accounting rules the firm was silent.",
        "Orr said on Xmas Eve that it was over.",
        "Orr said on page 4 that it was over.",
        "Orr said in the final minutes that it was over.",
        "Orr asked to be named captain.",
    ],
)
def test_what_only_looks_like_a_hop_is_none(sentence):
    assert hops_in(sentence) == []


def test_the_hop_of_a_statement_beside_it_is_not_its_own():
    sentence = "“We won,” Birch said, though according to Orr nobody did."
    assert hops_in(sentence, content="“We won,”", other="according to") == []


def test_the_source_is_no_hop_of_itself():
    assert hops_in("It was over, according to Lumen News.", source="Lumen News") == []


def test_what_is_said_is_searched_for_no_hops():
    assert hops_in('"I told Reuters nothing," she said.', content='"I told Reuters nothing,"') == []


def test_a_sentence_without_a_hop_has_none():
    assert hops_in("The mayor said that the bridge was safe.") == []


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
