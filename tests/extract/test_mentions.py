"""What the heads find: spans of the text, each mention in one cluster and within one sentence."""

import numpy as np
import pytest

from onrecord.encode.encoder import Encoder, Reading
from onrecord.encode.labels import MENTION_KINDS, tag_labels
from onrecord.encode.weights import open_weights
from onrecord.encode.windows import Window
from onrecord.extract.mentions import Finder

TEXT = (
    "Mayor Ilse Corran came to Vienna on Friday. She told reporters that the bridge was safe.\n"
    "“It never was,” Anton Vey said on Saturday, and Vey should know."
)


@pytest.fixture(scope="module")
def encoder():
    return Encoder(open_weights())


def words_of(encoder, text):
    bounds = [(0, text.index("\n")), (text.index("\n") + 1, len(text))] if "\n" in text else [(0, len(text))]
    return encoder.cut(text, bounds, [])


def find(encoder, text=TEXT):
    words = words_of(encoder, text)
    finder = Finder(encoder, words)
    finder.take(list(encoder.read(words)))
    return finder.found()


def test_names_times_and_places_are_found(encoder):
    found = find(encoder)
    assert {n.span.of(TEXT) for n in found.names} >= {"Ilse Corran", "Anton Vey"}
    assert [t.span.of(TEXT) for t in found.times] == ["Friday", "Saturday"]
    assert [p.span.of(TEXT) for p in found.places] == ["Vienna"]


def test_pronouns_go_back_to_whom_they_mean(encoder):
    found = find(encoder)
    shown = [{found.mentions[k].span.of(TEXT) for k in cluster} for cluster in found.clusters]
    assert any({"She", "Ilse Corran"} <= words for words in shown)
    assert any({"Anton Vey", "Vey"} <= words for words in shown)


def test_every_mention_is_in_exactly_one_cluster(encoder):
    found = find(encoder)
    assert sorted(k for c in found.clusters for k in c) == list(range(len(found.mentions)))


def test_forms_are_told_by_the_words(encoder):
    forms = {m.span.of(TEXT): m.form for m in find(encoder).mentions}
    assert (forms["She"], forms["Anton Vey"], forms["reporters"]) == ("pronoun", "name", "nominal")


def test_the_same_text_gives_the_same_findings(encoder):
    assert find(encoder) == find(encoder)


def test_a_text_of_no_words_has_nothing(encoder):
    words = encoder.cut("", [], [])
    assert Finder(encoder, words).found().mentions == ()


class Sprawling:
    """An encoder whose one mention would rather begin and end in other sentences than its own."""

    def score_tags(self, reading):
        count = len(reading.states)
        tags = {
            layer: np.zeros((count, len(tag_labels(layer))), np.float32)
            for layer in ("name", "time", "place")
        }
        for scores in tags.values():
            scores[:, 0] = 9
        mention = np.zeros((count, len(MENTION_KINDS)), np.float32)
        mention[:, 0] = 9
        mention[4, :2] = [0, 9]
        return tags | {"mention": mention}

    def score_edges(self, reading, heads):
        count = len(reading.states)
        starts, ends = (np.zeros((len(heads), count), np.float32) for _ in range(2))
        starts[:, 0], ends[:, count - 1] = 9, 9
        starts[:, 3], ends[:, 4] = 5, 5
        return starts, ends


def test_a_mention_stays_within_the_sentence_of_its_head(encoder):
    text = "Vey left. The mayor stayed. Nobody spoke."
    words = encoder.cut(text, [(0, len(text))], [])
    count = len(words)
    reading = Reading(
        Window(0, count, 0, count), np.zeros((count, 384), np.float32), np.zeros(count, np.float32)
    )
    finder = Finder(Sprawling(), words)
    finder.take([reading])
    assert [m.span.of(text) for m in finder.found().mentions] == ["The mayor"]
