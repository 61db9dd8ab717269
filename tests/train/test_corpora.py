"""Corpora as words with labels: segments, TimeML, and what a name covers."""

import pytest

pytest.importorskip("torch", reason="torch comes with onrecord[train], which the examples are made for")

from onrecord.encode.labels import tag_labels
from onrecord.encode.pieces import WordPieces, read_vocabulary
from onrecord.encode.weights import packaged_folder
from train.corpora import plain_timeml, tag_words


@pytest.fixture(scope="module")
def pieces():
    return WordPieces(read_vocabulary(packaged_folder() / "vocabulary.txt"))


def labels_of(tagged, layer):
    names = tag_labels(layer)
    return [names[k] for k in tagged.labels]


def test_each_word_of_a_segment_has_its_place_in_it(pieces):
    tagged = tag_words("Port Tessaly met Orr.", [(0, 12, "location"), (17, 20, "person")], "name", pieces)
    assert labels_of(tagged, "name") == ["B-location", "E-location", "O", "S-person", "O"]


def test_a_segment_that_overlaps_one_before_it_is_left_out(pieces):
    tagged = tag_words("Port Tessaly", [(0, 12, "location"), (5, 12, "location")], "name", pieces)
    assert labels_of(tagged, "name") == ["B-location", "E-location"]


def test_timeml_gives_its_text_and_its_expressions_and_nothing_else():
    source = (
        '<DCT><TIMEX3 type="DATE" value="2031-05-03">03/05/31</TIMEX3></DCT><TEXT>\n'
        'Orr <EVENT eid="e1">said</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2031-05-02">Friday</TIMEX3>'
        " &amp; left.</TEXT>"
    )
    text, segments = plain_timeml(source)
    assert text == "\nOrr said on Friday & left."
    assert [(text[a:b], kind) for a, b, kind in segments] == [("Friday", "date")]
