"""The spaCy component: spans of tokens, exact characters beside them, the record; and all of it travels."""

import dataclasses
import pickle
import subprocess
import sys
from types import SimpleNamespace

import pytest

from onrecord.errors import DateInputError, InputError
from onrecord.record import Record, content_id, from_json, to_json
from tests.factories import make_statement

NEWS = (
    "Ferry to sail again 🚢\n\n"
    "“The ferry will sail in May,” Mira Vance told the Tessaly Lantern on Monday.\n\n"
    "She said the crossing was safe."
)


def test_without_spacy_the_error_names_the_part_and_the_command():
    code = "import sys; sys.modules['spacy'] = None\nimport onrecord.spacy"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "MissingPartError: spaCy is not installed" in done.stderr
    assert "pip install 'onrecord[spacy]'" in done.stderr


spacy = pytest.importorskip("spacy", reason="spaCy is not installed (the part onrecord[spacy])")
tokens = pytest.importorskip("spacy.tokens", reason="spaCy is not installed (the part onrecord[spacy])")
component = pytest.importorskip("onrecord.spacy", reason="spaCy is not installed (the part onrecord[spacy])")


@pytest.fixture(scope="module")
def nlp():
    """A blank pipeline with the component and nothing else."""
    made = spacy.blank("en")
    made.add_pipe("onrecord")
    return made


@pytest.fixture(scope="module")
def doc(nlp):
    return nlp(NEWS)


def read_with(text: str, *parts: tuple[str, str | None, str | None]):
    """The Doc of a text whose statements are these contents, cues and sources."""
    article_id = content_id("text", text)
    found = [make_statement(text, [content], cue=cue, source=source) for content, cue, source in parts]
    statements = tuple(dataclasses.replace(one, article_id=article_id, speaker=None) for one in found)
    made = component.Onrecord()
    read = SimpleNamespace(statements=statements, entities=(), times=(), places=())
    made.engine = SimpleNamespace(parts_of=lambda *_, **__: read)
    return made(spacy.blank("en").make_doc(text))


def exact(doc, group: str) -> list[str]:
    return [span._.exact for span in doc.spans[group]]


def everything(doc) -> list[tuple[object, ...]]:
    return [
        (group, s.text, s._.speaker, s._.form, s._.exact, s._.statement_id)
        for group in component.GROUPS
        for s in doc.spans[group]
    ]


def test_a_text_has_spans_of_what_was_said_by_whom(doc):
    assert exact(doc, "contents")[0] == "“The ferry will sail in May,”"
    assert exact(doc, "cues") == ["told", "said"]
    assert exact(doc, "sources") == ["Mira Vance", "She"]
    assert {span._.speaker for span in doc.spans["contents"]} == {"Mira Vance"}
    assert [span._.form for span in doc.spans["contents"]] == ["direct", "indirect"]


def test_the_record_is_of_the_very_text_of_the_doc(doc):
    assert doc._.record.article.text == doc.text == NEWS
    assert doc._.statements == doc._.record.statements
    assert from_json(to_json(doc._.record)) == doc._.record


def test_a_span_leads_to_its_statement(doc):
    content = doc.spans["contents"][0]
    assert content._.statement is doc._.statements[0]
    assert content._.statement_id == doc._.statements[0].statement_id


def test_a_span_of_tokens_holds_the_exact_characters():
    doc = read_with("Vance answered:“Never”again.", ("“Never”", "answered", "Vance"))
    (content,) = doc.spans["contents"]
    assert content._.exact == "“Never”"
    assert content._.exact in content.text
    assert doc.text[content._.exact_span.start_char : content._.exact_span.end_char] == "“Never”"


def test_characters_within_one_token_are_held_by_it():
    doc = read_with("He signed_off_twice today.", ("off", None, None))
    (content,) = doc.spans["contents"]
    assert (content.text, content._.exact) == ("signed_off_twice", "off")


def test_statements_that_share_a_source_each_have_their_own_span_of_it():
    text = "Vance said it rains and denied it."
    doc = read_with(text, ("it rains", "said", "Vance"), ("it", "denied", "Vance"))
    ids = [span._.statement_id for span in doc.spans["sources"]]
    assert len(ids) == len(set(ids)) == 2


def test_a_statement_within_another_overlaps_it():
    text = "Vance said that Corran denied that it rains."
    doc = read_with(
        text, ("that Corran denied that it rains", "said", "Vance"), ("that it rains", "denied", "Corran")
    )
    assert exact(doc, "contents") == ["that Corran denied that it rains", "that it rains"]


def test_an_unknown_speaker_is_none():
    doc = read_with("The tolls would rise, it was said.", ("The tolls would rise", "it was said", None))
    assert doc.spans["contents"][0]._.speaker is None
    assert list(doc.spans["sources"]) == []


def test_a_span_that_is_no_part_of_a_statement_has_nothing(doc):
    assert (doc[0:1]._.speaker, doc[0:1]._.form, doc[0:1]._.exact, doc[0:1]._.statement_id) == (None,) * 4


@pytest.mark.parametrize("text", ["", " ", "\n\n", "🚢", "no\x00\x1b[31m", "\u202eno\u2028\x85", "a" * 5_000])
def test_a_text_without_statements_has_empty_groups(nlp, text):
    doc = nlp(text)
    assert doc.text == text == doc._.record.article.text
    assert [len(doc.spans[group]) for group in component.GROUPS] == [0, 0, 0]
    assert doc._.statements == ()


def test_a_doc_that_the_component_never_saw_has_no_record():
    doc = spacy.blank("en")("Mira Vance said so.")
    assert (doc._.record, doc._.statements) == (None, ())


def test_a_doc_goes_through_bytes_with_all_that_was_found(doc):
    again = tokens.Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes())
    assert everything(again) == everything(doc)
    assert again._.record == doc._.record


def test_a_doc_goes_through_a_bin_and_a_pickle_with_all_that_was_found(doc):
    held = tokens.DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = tokens.DocBin().from_bytes(held).get_docs(spacy.blank("en").vocab)
    assert everything(again) == everything(pickle.loads(pickle.dumps(doc))) == everything(doc)


def test_a_stream_of_texts_gives_the_same_as_one_by_one(nlp, doc):
    docs = list(nlp.pipe([NEWS, "Nothing.", NEWS], batch_size=2))
    assert [everything(one) for one in docs] == [everything(doc), [], everything(doc)]


def test_a_pipeline_is_saved_and_loaded_with_its_settings(tmp_path):
    made = spacy.blank("en")
    made.add_pipe("onrecord", config={"prefix": "quoted_", "threads": 2})
    made.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline").get_pipe("onrecord")
    assert (loaded.prefix, loaded.threads, loaded.weights) == ("quoted_", 2, None)
    assert spacy.blank("en").from_bytes(made.to_bytes(), exclude=["tokenizer"]).pipe_names == []


def test_a_copy_for_another_process_has_the_settings_and_nothing_that_was_loaded(nlp, doc):
    copied = pickle.loads(pickle.dumps(nlp.get_pipe("onrecord")))
    assert "encoder" in vars(nlp.get_pipe("onrecord").engine)
    assert "encoder" not in vars(copied.engine)


def test_groups_can_be_named_apart_from_those_of_other_components():
    made = spacy.blank("en")
    made.add_pipe("onrecord", config={"prefix": "onrecord/"})
    assert sorted(made("Nothing.").spans) == ["onrecord/contents", "onrecord/cues", "onrecord/sources"]


def test_it_works_behind_other_components():
    made = spacy.blank("en")
    made.add_pipe("sentencizer")
    made.add_pipe("onrecord")
    doc = made(NEWS)
    assert len(list(doc.sents)) > 1
    assert exact(doc, "cues") == ["told", "said"]


def test_times_are_counted_from_when_the_doc_was_published(nlp):
    doc = nlp.make_doc(NEWS)
    doc._.published = "2031-05-07"
    monday = next(one for one in nlp(doc)._.record.times if "Monday" in one.text)
    assert monday.start == "2031-05-05"


@pytest.mark.parametrize(
    ("given", "precision"),
    [
        ("2031", "year"),
        ("2031-05", "month"),
        ("2031-05-07", "day"),
        ("2031-05-07T10:00", "minute"),
        ("2031-05-07T10:00:30+02:00", "second"),
    ],
)
def test_a_moment_of_publication_has_the_precision_that_is_given(nlp, given, precision):
    published = nlp.get_pipe("onrecord").read("Nothing.", published=given).article.published_at
    assert (published.value, published.precision) == (given, precision)


@pytest.mark.parametrize("given", ["last week", "7 May 2031", "2031-05-07T", "2031-13-01", "2031-02-30"])
def test_a_moment_of_publication_that_is_none_is_an_error(nlp, given):
    doc = nlp.make_doc(NEWS)
    doc._.published = given
    with pytest.raises(DateInputError, match=r"doc\._\.published is"):
        nlp(doc)


def test_a_pipeline_of_another_language_is_refused():
    with pytest.raises(InputError, match="for the language 'de'"):
        spacy.blank("de").add_pipe("onrecord")


def test_a_pipeline_of_any_language_is_taken():
    made = spacy.blank("xx")
    made.add_pipe("onrecord")
    assert exact(made(NEWS), "cues") == ["told", "said"]


def test_the_record_of_a_doc_is_one_that_formats_of_export_take(doc):
    assert isinstance(doc._.record, Record)
    assert [block.span.of(NEWS) for block in doc._.record.article.blocks] == [
        line for line in NEWS.split("\n") if line
    ]


def test_an_attribute_that_somebody_made_before_stays_theirs():
    code = (
        "import spacy\nspacy.tokens.Span.set_extension('form', default='mine')\nimport onrecord.spacy\n"
        "doc = spacy.blank('en')('Mira Vance')\nprint(doc[0:1]._.form, doc[0:1]._.speaker)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["mine", "None"]
