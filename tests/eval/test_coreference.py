"""The scorer of coreference: the worked examples of the papers that define it, and what must not matter."""

import gzip
import random
import sys

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from eval import coreference as command
from eval.coreference import (
    CorefMention,
    found_clusters,
    gold_clusters,
    keep_people,
    match_heads,
    match_spans,
    measure,
    read_split,
    score,
)
from onrecord.errors import InputError, MissingPartError
from onrecord.extract.found import Found, FoundMention
from onrecord.record import Span

pytest.importorskip("scipy", reason="scipy pairs clusters for CEAF-e; it comes with onrecord[dev]")

TRUTH = ["12345", "67", "89ABC"]
MENTIONS = "123456789ABC"
clusterings = st.lists(st.integers(0, 4), min_size=1, max_size=12).map(
    lambda labels: [{i for i, own in enumerate(labels) if own == label} for label in set(labels)]
)


def f1(gold, predicted, name, **options):
    return score([(gold, predicted)], **options)[name].f1


# The four responses of Luo 2005, table 1; the first two are those of Bagga & Baldwin 1998.
@pytest.mark.parametrize(
    ("response", "muc", "b_cubed", "ceaf_e"),
    [
        (["12345", "6789ABC"], 0.947, 0.865, 0.733),
        (["1234589ABC", "67"], 0.947, 0.737, 0.667),
        ([MENTIONS], 0.900, 0.545, 0.294),
        (list(MENTIONS), 0.0, 0.400, 0.178),
    ],
)
def test_the_responses_of_the_papers_have_the_scores_of_the_papers(response, muc, b_cubed, ceaf_e):
    figures = score([(TRUTH, response)])
    assert [round(figures[name].f1, 3) for name in ("muc", "b_cubed", "ceaf_e")] == [muc, b_cubed, ceaf_e]


def test_mentions_that_one_side_lacks_are_scored_as_in_the_example_of_the_reference_scorer():
    """Pradhan et al. 2014, figure 1: e is missed; h and i are no mentions."""
    figures = score([(["abc", "defg"], ["ab", "cd", "fghi"])])
    shown = {
        n: tuple(round(x, 2) for x in (figures[n].recall, figures[n].precision))
        for n in ("muc", "b_cubed", "ceaf_e")
    }
    assert shown == {"muc": (0.40, 0.40), "b_cubed": (0.42, 0.50), "ceaf_e": (0.65, 0.43)}
    assert (figures["mentions"].recall, figures["mentions"].precision) == (6 / 7, 6 / 8)


def test_a_cluster_cut_in_two_lacks_one_link():
    """Vilain et al. 1995: recall is 2 of 3 links, precision 2 of 2."""
    figure = score([(["ABCD"], ["AB", "CD"])])["muc"]
    assert (figure.recall, figure.precision) == (2 / 3, 1)


def test_the_precision_of_b_cubed_is_that_of_its_paper():
    """Bagga & Baldwin 1998: 76 % and 58 %, where MUC tells no difference."""
    assert score([(TRUTH, ["12345", "6789ABC"])])["b_cubed"].precision == pytest.approx(16 / 21)
    assert score([(TRUTH, ["1234589ABC", "67"])])["b_cubed"].precision == pytest.approx(7 / 12)


def test_documents_are_pooled_before_they_are_divided():
    documents = [(["ABCD"], ["AB", "CD"]), (["EF"], ["EF"])]
    assert score(documents)["muc"].recall == 3 / 4
    assert score(documents)["b_cubed"].recall == (4 * 0.5 + 2) / 6


def test_the_conll_figure_is_the_mean_of_the_three():
    figures = score([(TRUTH, ["12345", "6789ABC"])])
    assert figures["conll"].f1 == pytest.approx(sum(figures[n].f1 for n in ("muc", "b_cubed", "ceaf_e")) / 3)


def test_single_mentions_count_or_are_left_out_of_both_sides():
    gold, predicted = ["AB", "C"], ["AB", "D"]
    assert f1(gold, predicted, "b_cubed") == pytest.approx(2 / 3)
    assert f1(gold, predicted, "b_cubed", singletons=False) == 1
    assert f1(gold, predicted, "mentions", singletons=False) == 1


def test_a_mention_given_twice_counts_in_its_first_cluster_alone():
    assert score([(["AB"], ["AB", "BC"])]) == score([(["AB"], ["AB", "C"])])


@given(clusterings)
def test_the_gold_itself_is_perfect(clusters):
    figures = score([(clusters, clusters)])
    has_links = any(len(cluster) > 1 for cluster in clusters)
    assert figures["b_cubed"].f1 == pytest.approx(1)
    assert figures["ceaf_e"].f1 == pytest.approx(1)
    assert figures["muc"].f1 == has_links


@given(clusterings, clusterings, st.randoms(use_true_random=False))
def test_neither_the_order_of_clusters_nor_the_names_of_mentions_matter(gold, predicted, chance):
    names = list(range(100, 120))
    chance.shuffle(names)
    shuffled = [
        [{names[i] for i in cluster} for cluster in chance.sample(side, len(side))]
        for side in (gold, predicted)
    ]
    before, after = score([(gold, predicted)]), score([tuple(shuffled)])
    assert {n: f.f1 for n, f in before.items()} == pytest.approx({n: f.f1 for n, f in after.items()})


@given(clusterings, clusterings)
def test_precision_of_one_way_is_recall_of_the_other(gold, predicted):
    there, back = score([(gold, predicted)]), score([(predicted, gold)])
    for name, figure in there.items():
        assert (figure.precision, figure.recall) == pytest.approx((back[name].recall, back[name].precision))


@pytest.mark.parametrize(("gold", "predicted"), [([], ["AB"]), (["AB"], []), ([], []), (["AB"], ["CD"])])
def test_where_nothing_is_in_common_everything_is_0(gold, predicted):
    assert {figure.f1 for figure in score([(gold, predicted)]).values()} == {0}


def test_no_documents_give_no_figures():
    assert score([]) == {}


def test_the_interval_of_the_mean_holds_it():
    documents = [(TRUTH, ["12345", "6789ABC"]), (TRUTH, [MENTIONS]), (TRUTH, TRUTH)]
    figure = score(documents, boot=50)["conll"]
    assert figure.low < figure.f1 < figure.high


def test_matching_without_scipy_names_the_install_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(MissingPartError, match=r"pip install 'onrecord\[dev\]'"):
        score([(["AB"], ["AB"])])


def mention(start, end, head=None, kind="person"):
    return CorefMention(span=(start, end), head=head or (start, end), kind=kind)


def test_by_bounds_a_mention_that_is_one_word_longer_is_another():
    gold, predicted = [[mention(0, 9), mention(20, 22)]], [[mention(0, 14), mention(20, 22)]]
    assert score([match_spans(gold, predicted)])["mentions"].f1 == 0.5


def test_by_heads_a_mention_is_the_same_however_far_it_reaches():
    gold = [[mention(0, 9, (5, 9)), mention(20, 22)]]
    predicted = [[mention(0, 14, (5, 9)), mention(20, 22)]]
    assert score([match_heads(gold, predicted)])["conll"].f1 == 1


def test_of_two_mentions_with_one_head_the_same_bounds_are_paired_first():
    gold = [[mention(0, 9, (5, 9)), mention(20, 22)]]
    predicted = [[mention(0, 14, (5, 9))], [mention(0, 9, (5, 9)), mention(20, 22)]]
    figures = score([match_heads(gold, predicted)])
    assert (figures["muc"].f1, figures["mentions"].precision) == (1, 2 / 3)


def test_by_heads_single_mentions_of_both_sides_are_told_apart():
    """Unpaired mentions must not meet under one name."""
    figures = score([match_heads([[mention(0, 4)]], [[mention(10, 14)]])])
    assert figures["mentions"].f1 == 0


def test_people_are_the_clusters_most_of_whose_mentions_are():
    person = [mention(0, 4), mention(5, 9), mention(10, 12, kind="place")]
    place = [mention(20, 24, kind="place")]
    assert keep_people([person, place]) == [person]


def test_a_cluster_of_people_taken_for_a_place_is_missed_among_people():
    gold = [[mention(0, 4), mention(9, 12)]]
    guessed = [[mention(0, 4, kind="place"), mention(9, 12, kind="place")]]
    views = measure([(gold, guessed), (gold, gold)])
    assert views["people and organisations, exact, with singletons"]["mentions"].recall == 0.5


CONLLU = """# newdoc id = GUM_news_bridge
# meta::genre = news
# newpar
# sent_id = 1
1\tMara\tMara\tPROPN\tNNP\t_\t3\tnsubj\t3:nsubj\tEntity=(1-person-new-s-cf1-1,2-coref
2\tQuill\tQuill\tPROPN\tNNP\t_\t1\tflat\t1:flat\tEntity=1)
3\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t0:root\t_
4\tshe\tshe\tPRON\tPRP\t_\t5\tnsubj\t5:nsubj\tEntity=(1-person-giv-s-cf1-1-ana)
5\tknew\tknow\tVERB\tVBD\t_\t3\tccomp\t3:ccomp\t_
6\tBeltown\tBeltown\tPROPN\tNNP\t_\t5\tobj\t5:obj\tEntity=(2-place-new-s-cf2-1-sgl)|SpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t3\tpunct\t3:punct\t_

"""


@pytest.fixture
def corpus(tmp_path):
    with gzip.open(tmp_path / "dev.conllu.gz", "wt", encoding="utf-8") as file:
        file.write(CONLLU)
    return tmp_path


def find_names(text, paragraphs):
    """A finder that knows the corpus but not that the pronoun is the person."""
    assert [text[a:b] for a, b in paragraphs] == ["Mara Quill said she knew Beltown."]
    spans = [(0, 10, 0, 4, "person"), (16, 19, 16, 19, "person"), (25, 32, 25, 32, "place")]
    mentions = tuple(
        FoundMention(
            span=Span(start_char=a, end_char=b),
            head=Span(start_char=c, end_char=d),
            kind=kind,
            form="name",
            sureness=1.0,
        )
        for a, b, c, d, kind in spans
    )
    return Found(mentions=mentions, clusters=((0,), (1,), (2,)))


def test_the_corpus_and_what_was_found_are_the_same_mentions(corpus):
    (document,) = read_split(corpus, "dev")
    gold, found = gold_clusters(document), found_clusters(find_names(document.text, document.paragraphs))
    assert score([match_spans(gold, found)])["mentions"].f1 == 1
    assert [[m.head for m in cluster] for cluster in gold] == [[(0, 4), (16, 19)], [(25, 32)]]


def test_the_command_shows_each_view(corpus, monkeypatch):
    monkeypatch.setattr(command, "predictor", lambda weights: find_names)
    result = CliRunner().invoke(
        command.main, ["--data", str(corpus), "--boot", "0", "--json", str(corpus / "out.json")]
    )
    assert "people and organisations, head, with singletons: 1 documents of dev" in result.output
    rows = [line for line in result.output.splitlines() if "| B3" in line]
    # Of three gold mentions, two have half of their cluster: (1/2 + 1/2 + 1) / 3.
    assert [cell.strip() for cell in rows[0].split("|")[3:6]] == ["100.0", "66.7", "80.0"]
    assert (corpus / "out.json").is_file()


def test_a_folder_without_the_corpus_is_an_error_that_names_the_file(tmp_path):
    with pytest.raises(InputError, match=r"dev\.conllu\.gz: There is no such file"):
        read_split(tmp_path, "dev")


def test_what_the_heads_find_lies_in_the_text():
    text = "Mara Quill, the mayor of Beltown, said on Monday that she would stay."
    found = command.predictor()(text, [(0, len(text))])
    assert sorted(i for cluster in found.clusters for i in cluster) == list(range(len(found.mentions)))
    assert all(m.head.overlaps(m.span) and m.span.end_char <= len(text) for m in found.mentions)


def test_scores_are_the_same_on_every_run():
    chance = random.Random(3)
    documents = [([set(chance.sample(range(9), 3))], [set(chance.sample(range(9), 3))]) for _ in range(5)]
    assert score(documents, boot=20) == score(documents, boot=20)
