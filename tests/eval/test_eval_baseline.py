"""The baseline finds quotations, the say-verb near them and the name beside it."""

from eval.baseline import predict_by_marks


def shown(text):
    return [
        {role: [text[s:e] for s, e in spans] for role, spans in found.items()}
        for found in predict_by_marks(text)
    ]


def test_the_name_after_the_verb_is_the_source():
    assert shown("“The bridge is safe,” said Mara Quill.") == [
        {"source": ["Mara Quill"], "cue": ["said"], "content": ["“The bridge is safe,”"]}
    ]


def test_the_pronoun_before_the_verb_is_the_source():
    assert shown('"Nobody was asked," she said.')[0]["source"] == ["she"]


def test_a_quotation_resumed_after_the_verb_belongs_to_the_same_attribution():
    text = "“We knew,” Vale said. “We were told twice.”"
    assert [found["content"] for found in shown(text)] == [["“We knew,”", "“We were told twice.”"]]


def test_according_to_takes_the_name_that_follows():
    found = shown("It was “a very slow day,” according to Mara Quill.")
    assert (found[0]["cue"], found[0]["source"]) == (["according to"], ["Mara Quill"])


def test_a_verb_within_the_quotation_is_no_cue():
    assert shown("“He said so and left us,” it went.")[0]["cue"] == []


def test_a_quoted_term_without_a_verb_is_nothing():
    assert shown("The “Lantern Rule” was dropped.") == []


def test_a_verb_of_another_paragraph_is_too_far():
    assert shown("Mara Quill said.\n“Nobody was ever asked.”")[0]["cue"] == []
