"""GUM's lines read as documents: text, paragraphs, mentions with heads and clusters."""

import gzip

import pytest

from eval.gum import read_gum

LINES = """# newdoc id = GUM_news_beltown
# meta::genre = news
# newpar
# newpar_block = p (1 s)
# sent_id = GUM_news_beltown-1
1\tIlse\tIlse\tPROPN\tNNP\t_\t3\tnsubj\t_\tEntity=(1-person-new-nnnnn-cf1-1-coref
2\tCorran\tCorran\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
4\tVale\tVale\tPROPN\tNNP\t_\t3\tobj\t_\tEntity=(2-person-new-nnnnn-cf2-1-sgl(3-person-new-nnnnn-cf3-1-sgl)
5\tand\tand\tCCONJ\tCC\t_\t7\tcc\t_\t_
6\this\this\tPRON\tPRP$\t_\t7\tnmod:poss\t_\tEntity=(4-person-new-nnnnn-cf4-2-sgl(3-person-giv-nnnnn-cf3-1-ana)
7\tson\tson\tNOUN\tNN\t_\t4\tconj\t_\tEntity=4)2)|SpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newpar
# newpar_block = p (1 s)
# sent_id = GUM_news_beltown-2
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(1-person-giv-nnnnn-cf1-1-ana)
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tdid\tdo\tAUX\tVBD\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    path = tmp_path_factory.mktemp("gum") / "dev.conllu.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.write(LINES)
    (read,) = read_gum(path)
    return read


def test_the_text_is_joined_as_it_was_written_one_paragraph_a_line(document):
    assert document.text == "Ilse Corran met Vale and his son.\nShe didn't."
    assert [document.text[a:b] for a, b in document.paragraphs] == document.text.split("\n")


def test_mentions_have_their_words_kind_and_cluster(document):
    found = [(document.text[slice(*document.bounds_of(m))], m.kind, m.cluster) for m in document.mentions]
    assert found == [
        ("Ilse Corran", "person", "1"),
        ("Vale and his son", "person", "2"),
        ("Vale", "person", "3"),
        ("his son", "person", "4"),
        ("his", "person", "3"),
        ("She", "person", "1"),
    ]


def test_a_coordination_is_headed_by_its_conjunction_and_leaves_its_parts_their_heads(document):
    heads = {document.tokens[m.head].text for m in document.mentions}
    assert heads == {"Ilse", "and", "Vale", "son", "his", "She"}


def test_sentences_hold_their_tokens(document):
    assert document.sentences == ((0, 8), (8, 12))
    assert (document.name, document.genre) == ("GUM_news_beltown", "news")
