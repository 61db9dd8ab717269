"""What kind of attribution a cue makes."""

import pytest

from onrecord.language import cues
from onrecord.language.cues import MODES, is_base_form, is_reporting_verb, mode_of_cue

TABLES = ("cue_verbs.tsv", "cue_nouns.tsv", "cue_light.tsv", "cue_phrases.tsv")


@pytest.mark.parametrize(
    ("cue", "mode"),
    [
        ("said", "said"),
        ("told", "said"),
        ("statement", "said"),
        ("according to", "said"),
        ("wrote", "wrote"),
        ("letter", "wrote"),
        ("thought", "thinks"),
        ("belief", "thinks"),
        ("hopes", "wants"),
        ("fear", "feels"),
        ("felt", "feels"),
        ("knew", "knows"),
        ("are aware of", "knows"),
    ],
)
def test_a_plain_cue_has_the_mode_of_its_word(cue, mode):
    assert mode_of_cue(cue) == mode


@pytest.mark.parametrize(
    "cue", ["has repeatedly said", "was not saying", "’s claim", "would later say", "SAID"]
)
def test_auxiliaries_adverbs_and_case_do_not_change_the_mode(cue):
    assert mode_of_cue(cue) == "said"


@pytest.mark.parametrize(
    ("cue", "mode"),
    [
        ("wrote in a statement", "wrote"),
        ("declined to say", "said"),
        ("wanted to say", "wants"),
        ("hopes to announce", "wants"),
        ("is expected", "thinks"),
        ("It is believed", "thinks"),
    ],
)
def test_the_head_of_a_longer_cue_decides(cue, mode):
    assert mode_of_cue(cue) == mode


@pytest.mark.parametrize(
    ("cue", "mode"),
    [
        ("seemed", "thinks"),
        ("seemed to suggest", "said"),
        ("tried to explain", "said"),
        ("tried", "wants"),
        ("reportedly wants", "wants"),
        ("reportedly", "said"),
    ],
)
def test_a_light_word_leaves_the_mode_to_a_later_one(cue, mode):
    assert mode_of_cue(cue) == mode


@pytest.mark.parametrize("cue", ["made it clear", "pointed out", "went on", "points out"])
def test_a_phrase_of_light_words_says(cue):
    assert mode_of_cue(cue) == "said"


def test_a_phrase_wins_over_the_verb_that_opens_it():
    assert (mode_of_cue("understands"), mode_of_cue("is understood to")) == ("knows", "thinks")


@pytest.mark.parametrize("cue", [":", "： ", ': "'])
def test_a_colon_alone_says(cue):
    assert mode_of_cue(cue) == "said"


@pytest.mark.parametrize("cue", ["", " ", "is", "in", "—", "17", "😀", "Ωμέγα"])
def test_a_cue_that_tells_nothing_has_no_mode(cue):
    assert mode_of_cue(cue) is None


@pytest.mark.parametrize(
    ("cue", "mode"),
    [("criticised", "said"), ("labelled", "said"), ("recognised", "knows"), ("favours", "wants")],
)
def test_british_spellings_are_known(cue, mode):
    assert mode_of_cue(cue) == mode


@pytest.mark.parametrize(
    "form", ["say", "says", "said", "saying", "denied", "denies", "admitted", "tweeting", "wrote"]
)
def test_forms_of_verbs_of_saying_and_writing_report(form):
    assert is_reporting_verb(form)


@pytest.mark.parametrize("word", ["believed", "hoped", "table", "statement", "", "is"])
def test_other_words_do_not_report(word):
    assert not is_reporting_verb(word)


@pytest.mark.parametrize(
    ("word", "is_base"), [("claim", True), ("Say", True), ("claims", False), ("said", False)]
)
def test_a_base_form_is_told_from_the_others(word, is_base):
    assert is_base_form(word) is is_base


@pytest.mark.parametrize(
    "cue",
    ["was quoted as saying", "quoted as saying", "told reporters", "read out", "said through", "posted on"],
)
def test_cues_that_bring_a_hop_say(cue):
    assert mode_of_cue(cue) in ("said", "wrote")


@pytest.mark.parametrize("name", TABLES)
def test_every_value_of_the_data_is_a_mode(name):
    assert set(cues._table(name).values()) <= MODES


@pytest.mark.parametrize("name", [*TABLES, "irregular_forms.tsv"])
def test_every_key_of_the_data_is_lower_case_and_given_once(name):
    path = cues.resources.files("onrecord.language").joinpath("en", name)
    rows = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    keys = [row.split("\t")[0] for row in rows]
    assert len(keys) == len(set(keys))
    assert [key for key in keys if key != key.lower().strip()] == []


def test_a_value_that_is_no_mode_is_an_error_that_names_it(monkeypatch):
    monkeypatch.setattr(cues, "_table", lambda name: {"say": "sang"})
    with pytest.raises(ValueError, match="sang"):
        cues._modes.__wrapped__("cue_verbs.tsv")
