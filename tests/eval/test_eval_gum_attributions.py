"""GUM's attribution relations: whose they are, by the dependencies and through coreference."""

import gzip

import pytest

from eval.gum_attributions import read_speakers
from eval.gum_split import read_split
from onrecord.errors import InputError


def token(number, word, tag, head, relation, *misc):
    return "\t".join(
        [str(number), word, word, "X", tag, "_", str(head), relation, "_", "|".join(misc) or "_"]
    )


def sentence(*rows):
    return "\n".join(["# sent_id = s", *(token(i, *row) for i, row in enumerate(rows, start=1))]) + "\n\n"


def read(tmp_path, *sentences, name="GUM_news_bridge"):
    body = f"# newdoc id = {name}\n# meta::genre = news\n# newpar\n{''.join(sentences)}"
    with gzip.open(tmp_path / "dev.conllu.gz", "wt", encoding="utf-8") as file:
        file.write(body)
    return [read_speakers(d) for d in read_split(tmp_path)]


def sayings(tmp_path, *sentences):
    (document,) = read(tmp_path, *sentences)
    return [
        (
            " ".join(w.of(document.text) for w in s.words),
            s.source.span.of(document.text) if s.source else None,
            s.form,
            s.entity_id,
        )
        for s in document.sayings
    ]


NEXT = "Discourse=joint-list_m:9->1:0:_"
ATTRIBUTES = "Discourse=attribution-positive:1->9:0:_"
QUILL = [
    ("Mara", "NNP", 3, "nsubj", ATTRIBUTES, "Entity=(1-person-new-s-cf1-1,2-coref"),
    ("Quill", "NNP", 1, "flat", "Entity=1)"),
]


def test_the_subject_of_the_attributing_clause_speaks(tmp_path):
    spoken = sentence(*QUILL, ("said", "VBD", 0, "root"), ("so", "RB", 3, "advmod", NEXT))
    assert sayings(tmp_path, spoken) == [("Mara Quill said", "Mara Quill", "name", "1")]


def test_units_of_other_relations_attribute_nothing(tmp_path):
    spoken = sentence(*QUILL, ("said", "VBD", 0, "root"), ("so", "RB", 3, "advmod"))
    assert sayings(tmp_path, spoken.replace("attribution-positive", "elaboration-additional")) == []


def test_a_clause_that_goes_on_after_another_is_one(tmp_path):
    spoken = sentence(
        *QUILL,
        ("said", "VBD", 0, "root"),
        ("here", "RB", 3, "advmod", NEXT),
        ("twice", "RB", 3, "advmod", "Discourse=same-unit_m:10->1:0:_"),
    )
    assert sayings(tmp_path, spoken)[0][0] == "Mara Quill said twice"


def test_a_pronoun_leads_to_its_entity_and_first_persons_are_marked(tmp_path):
    spoken = [
        sentence(
            (word, "PRP", 2, "nsubj", ATTRIBUTES, f"Entity=({who}-person-giv-s-cf1-1-ana)"),
            ("said", "VBD", 0, "root"),
            ("so", "RB", 2, "advmod", NEXT),
        )
        for word, who in (("She", 1), ("I", 2))
    ]
    assert sayings(tmp_path, *spoken) == [
        ("She said", "She", "pronoun", "1"),
        ("I said", "I", "pronoun", "2"),
    ]
    assert [s.is_first_person for s in read(tmp_path, *spoken)[0].sayings] == [False, True]


def test_a_clause_without_a_subject_shares_that_of_the_clause_it_hangs_on(tmp_path):
    rows = [(*QUILL[0][:4], QUILL[0][5]), QUILL[1], ("left", "VBD", 0, "root")]
    spoken = sentence(*rows, ("saying", "VBG", 3, "advcl", ATTRIBUTES), ("so", "RB", 4, "advmod", NEXT))
    assert sayings(tmp_path, spoken) == [("saying", None, "none", "1")]


def test_who_is_asked_to_say_speaks(tmp_path):
    spoken = sentence(
        (*QUILL[0][:4], QUILL[0][5]),
        QUILL[1],
        ("asked", "VBD", 0, "root"),
        ("Vale", "NNP", 3, "obj", "Entity=(2-person-new-s-cf1-1-sgl)"),
        ("to", "TO", 6, "mark", ATTRIBUTES),
        ("say", "VB", 3, "xcomp"),
        ("so", "RB", 6, "advmod", NEXT),
    )
    assert sayings(tmp_path, spoken) == [("to say", None, "none", "2")]


def test_a_relative_stands_for_its_noun(tmp_path):
    spoken = sentence(
        ("Officials", "NNS", 0, "root", "Entity=(1-person-new-s-cf1-1-sgl"),
        ("who", "WP", 3, "nsubj", ATTRIBUTES),
        ("said", "VBD", 1, "acl:relcl", "Entity=1)"),
        ("so", "RB", 3, "advmod", NEXT),
    )
    assert sayings(tmp_path, spoken)[0][2:] == ("pronoun", "1")


def test_what_is_accorded_with_speaks(tmp_path):
    spoken = sentence(
        ("According", "VBG", 3, "case", ATTRIBUTES),
        ("to", "IN", 1, "fixed"),
        ("Quay", "NNP", 5, "obl", "Entity=(1-organization-new-s-cf1-1-sgl)"),
        ("it", "PRP", 5, "nsubj", NEXT),
        ("fell", "VBD", 0, "root"),
    )
    assert sayings(tmp_path, spoken) == [("According to Quay", "Quay", "name", "1")]


def test_of_two_who_speak_together_both_do(tmp_path):
    spoken = sentence(
        (
            "Quill",
            "NNP",
            4,
            "nsubj",
            ATTRIBUTES,
            "Entity=(3-person-new-s-cf1-1,3-sgl(1-person-new-s-cf1-1-sgl)",
        ),
        ("and", "CC", 3, "cc"),
        ("Vale", "NNP", 1, "conj", "Entity=(2-person-new-s-cf1-1-sgl)3)"),
        ("said", "VBD", 0, "root"),
        ("so", "RB", 4, "advmod", NEXT),
    )
    assert sayings(tmp_path, spoken) == [("Quill and Vale said", "Quill and Vale", "name", "3")]


def test_the_agent_of_a_passive_speaks_and_its_subject_does_not(tmp_path):
    point = ("point", "NN", 3, "nsubj:pass", ATTRIBUTES, "Entity=(1-abstract-new-s-cf1-1-sgl)")
    made = [point, ("was", "VBD", 3, "aux:pass"), ("made", "VBN", 0, "root")]
    agent = [("by", "IN", 5, "case"), ("Quill", "NNP", 3, "obl:agent", "Entity=(2-person-new-s-cf1-1-sgl)")]
    rest = ("so", "RB", 3, "advmod", NEXT)
    assert sayings(tmp_path, sentence(*made, rest)) == []
    assert sayings(tmp_path, sentence(*made, *agent, rest))[0][1:] == ("Quill", "name", "2")


@pytest.mark.parametrize(
    "row",
    [
        ("Quill", "NNP", 0, "root", ATTRIBUTES, "Entity=(1-person-new-s-cf1-1-sgl)"),
        ("Imagine", "VB", 0, "root", ATTRIBUTES),
    ],
)
def test_bare_names_and_commands_tell_of_no_speaker(tmp_path, row):
    assert sayings(tmp_path, sentence(row, ("so", "RB", 1, "advmod", NEXT))) == []


def test_entities_keep_how_each_mention_refers(tmp_path):
    (document,) = read(
        tmp_path,
        sentence(
            *QUILL,
            ("saw", "VBD", 0, "root"),
            ("herself", "PRP", 3, "obj", "Entity=(1-person-giv-s-cf1-1-ana)"),
            ("the", "DT", 6, "det", "Entity=(2-object-new-s-cf1-2-sgl"),
            ("bridge", "NN", 3, "obl", "Entity=2)"),
        ),
    )
    assert [(e.name, e.kind, [m.form for m in e.mentions]) for e in document.entities] == [
        ("Mara Quill", "person", ["name", "pronoun"]),
        ("the bridge", "other", ["nominal"]),
    ]


def test_documents_whose_words_are_blanked_out_are_left_out(tmp_path):
    assert read(tmp_path, sentence(("____", "NN", 0, "root"), ("__", "NN", 1, "obj"))) == []


def test_a_folder_without_the_split_is_an_error_that_names_the_file(tmp_path):
    with pytest.raises(InputError, match=r"train\.conllu\.gz: There is no such file"):
        read_split(tmp_path, "train")
