"""Whether speakers are right: what is found, what counts as right, and what is shown."""

import hashlib
import json

import pytest
from click.testing import CliRunner

from eval import speakers as command
from eval.figures import summarise
from eval.sayings import GoldEntity, GoldMention, Saying, SpeakerDocument
from eval.speakers import find_statement, measure, read_documents, show_figures
from onrecord.errors import InputError
from onrecord.record import (
    Article,
    Capture,
    Confidence,
    Entity,
    Mention,
    Origin,
    Record,
    Span,
    Speaker,
    Statement,
)

RULE = Origin(kind="rule", name="fake", version="1")
TEXT = "Mara Quill met Ondrej Vale. She said so. Officials said no. I think Vale said more. The mayor agreed."


def span(part, after=0):
    start = TEXT.index(part, after)
    return Span(start_char=start, end_char=start + len(part))


def gold(part, form, after=0):
    own = span(part, after)
    head = part.split()[-1]
    return GoldMention(
        span=own, head=Span(start_char=own.end_char - len(head), end_char=own.end_char), form=form
    )


QUILL = GoldEntity(
    entity_id="quill",
    name="Mara Quill",
    kind="person",
    mentions=(gold("Mara Quill", "name"), gold("She", "pronoun"), gold("The mayor", "nominal")),
)
VALE = GoldEntity(
    entity_id="vale",
    name="Ondrej Vale",
    kind="person",
    mentions=(gold("Ondrej Vale", "name"), gold("Vale", "name", 60)),
)
OFFICIALS = GoldEntity(
    entity_id="officials", name="Officials", kind="other", mentions=(gold("Officials", "nominal"),)
)
WRITER = GoldEntity(entity_id="writer", name="I", kind="person", mentions=(gold("I", "pronoun", 58),))
SAYINGS = (
    Saying(words=(span("said so"),), source=QUILL.mentions[1], form="pronoun", entity_id="quill"),
    Saying(words=(span("said no"),), source=OFFICIALS.mentions[0], form="nominal", entity_id="officials"),
    Saying(
        words=(span("I think"),),
        source=WRITER.mentions[0],
        form="pronoun",
        entity_id="writer",
        is_first_person=True,
    ),
    Saying(words=(span("said more"),), source=VALE.mentions[1], form="name", entity_id="vale"),
)
DOCUMENT = SpeakerDocument(
    name="bridge", text=TEXT, entities=(QUILL, VALE, OFFICIALS, WRITER), sayings=SAYINGS
)


def entity(name, *mentions):
    """An entity called by its first mention."""
    own = tuple(
        Mention(text=TEXT[m.start_char : m.end_char], span=m, form="name", origin=RULE) for m in mentions
    )
    return Entity(
        entity_id=name,
        article_id="a",
        kind="person",
        name=own[0].text,
        name_span=mentions[0],
        named=True,
        mentions=own,
        origin=RULE,
    )


def statement(cue, source, speaker):
    """A statement with a cue and source of the text, said by an entity or by nobody known."""
    who = Speaker(entity_id=speaker, name=speaker, path=(), origin=RULE) if speaker else None
    sure = Confidence(statement=1, content=1, cue=1, source=1)
    return Statement(
        statement_id=str(cue),
        article_id="a",
        content=(),
        cue=(cue,),
        source=(source,) if source else (),
        form="indirect",
        mode="said",
        speaker=who,
        chain=(),
        confidence=sure,
        origin=RULE,
    )


def record(statements, entities, text=TEXT):
    body = text.encode()
    capture = Capture(
        sha256=hashlib.sha256(body).hexdigest(),
        media_type="text/plain",
        encoding="utf-8",
        size_bytes=len(body),
    )
    article = Article(article_id="a", text=text, blocks=())
    return Record(capture=capture, article=article, statements=tuple(statements), entities=tuple(entities))


def judge(*statements, entities=()):
    """What becomes of each saying of the document."""
    verdicts = measure([DOCUMENT], lambda document: record(statements, entities))[1]
    return [v.outcome for v in verdicts]


SHE = statement(span("said"), span("She"), "someone")


def test_a_pronoun_is_right_where_its_entity_has_the_name():
    assert judge(SHE, entities=[entity("someone", span("Mara Quill"), span("She"))])[0] == "right"


@pytest.mark.parametrize("mentions", [("She",), ("The mayor",), ("Ondrej Vale", "She")])
def test_an_entity_without_the_name_is_wrong(mentions):
    assert judge(SHE, entities=[entity("someone", *map(span, mentions))])[0] == "wrong"


def test_an_entity_that_is_called_by_the_name_of_another_is_wrong():
    both = entity("someone", span("Ondrej Vale"), span("Mara Quill"), span("She"))
    assert judge(SHE, entities=[both])[0] == "wrong"


def test_who_is_never_named_is_right_by_any_mention():
    own = statement(span("said", 41), span("Officials"), "them")
    assert judge(own, entities=[entity("them", span("Officials"))])[1] == "right"


def test_an_unknown_speaker_is_counted_apart():
    assert judge(statement(span("said"), span("She"), None))[0] == "unknown"


def test_a_saying_without_a_statement_is_missed():
    assert judge(statement(span("met"), span("She"), None)) == ["missed"] * 4


def test_the_statement_whose_cue_shares_most_with_the_saying_is_judged():
    near, far = statement(span("so"), None, None), statement(span("said so"), None, None)
    assert find_statement(SAYINGS[0], [near, far, statement(span("said"), None, None)]) is far
    assert find_statement(SAYINGS[0], [statement(span("met"), None, None)]) is None


def figures_of(*statements, entities=()):
    return summarise(measure([DOCUMENT], lambda document: record(statements, entities))[0])


def test_sayings_are_counted_of_all_and_speakers_of_those_found():
    someone = entity("someone", span("Mara Quill"), span("She"))
    more = statement(span("said more"), span("Vale", 60), None)
    figures = figures_of(SHE, more, entities=[someone])
    assert (figures["all: found"].f1, figures["all: right"].f1, figures["all: unknown"].f1) == (0.5, 0.5, 0.5)
    assert (figures["pronoun: right"].f1, figures["name: right"].f1) == (1, 0)


def test_first_persons_are_counted_apart():
    figures = figures_of(statement(span("think"), span("I", 58), None))
    assert figures["first or second person: found"].f1 == 1
    assert (figures["third person: found"].f1, figures["third person: found"].gold) == (0, 3)
    assert figures["pronoun: found"].gold == 1
    assert figures["third person, people and organisations: found"].gold == 2


def test_beside_it_stand_the_words_alone_and_the_links_of_the_gold():
    more = statement(span("said more"), span("Vale", 60), "x")
    read = [entity("someone", span("She")), entity("x", span("Vale", 60))]
    figures = figures_of(SHE, more, entities=read)
    assert (figures["all: own_words"].f1, figures["all: gold_links"].f1) == (0.5, 1)


def test_a_group_without_anything_found_has_a_dash():
    rows = {line.split("|")[1].strip(): line for line in show_figures(figures_of()).splitlines()}
    assert [cell.strip() for cell in rows["name"].split("|")[3:5]] == ["0.0", "–"]


def test_a_record_of_another_text_cannot_be_compared():
    with pytest.raises(InputError, match="bridge: The text was changed"):
        measure([DOCUMENT], lambda document: record([], [], text=TEXT + "."))


def test_a_speaker_that_is_no_entity_is_an_error_that_names_it():
    with pytest.raises(InputError, match="“someone” is no entity"):
        judge(SHE)


def test_the_command_shows_figures_and_what_is_not_right(tmp_path, monkeypatch):
    someone = entity("someone", span("Ondrej Vale"), span("She"))
    monkeypatch.setattr(command, "read_documents", lambda *_, **__: [DOCUMENT])
    monkeypatch.setattr(command, "reader", lambda weights: lambda document: record([SHE], [someone]))
    written = tmp_path / "out.json"
    result = CliRunner().invoke(
        command.main, ["--show", "5", "--boot", "10", "--json", str(written)], catch_exceptions=False
    )
    assert "bridge: wrong for “Ondrej Vale”: “said so” of 'Mara Quill' (pronoun)" in result.output
    assert "{'wrong': 1, 'missed': 3}" in result.output
    assert json.loads(written.read_text())["all: wrong"]["f1"] == 1


@pytest.mark.parametrize("corpus", ["meantime", "gum"])
def test_a_corpus_that_is_not_there_is_an_error(corpus, tmp_path):
    with pytest.raises(InputError, match="There is no such file"):
        read_documents(corpus, tmp_path / "none")
