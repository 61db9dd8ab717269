"""Plain text in many languages, and as it is pasted: what stands round an article is told from it."""

import pytest

from onrecord.ingest.furniture import furniture_rule
from onrecord.ingest.pictures import picture_rule
from onrecord.ingest.signed import Vocabulary, is_label, is_person, looks_dated
from onrecord.ingest.text import read_text

TITLE = "Bridge at Beltown to Stay Shut Until Spring"
BODY = (
    "The mayor of Beltown said on Monday that the old bridge would stay shut until spring, because the"
    " piers had been found hollow by the divers whom the council had sent down in the autumn."
)
MORE = "Nobody had been told, she added, and nobody had asked what the bridge would cost the town."


def joined(*lines, gap="\n\n"):
    return gap.join(lines)


def kind_of(line, text):
    return next(b.kind for b in read_text(text).blocks if b.span.of(text) == line)


def authors_of(*lines, gap="\n\n"):
    return [author.value for author in read_text(joined(*lines, gap=gap)).authors]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Von Jana Dorn und Peter Roth", ["Jana Dorn", "Peter Roth"]),
        ("Par Jeanne Dorne et Paul Rouvier", ["Jeanne Dorne", "Paul Rouvier"]),
        ("Por Juana Dorado", ["Juana Dorado"]),
        ("Di Gianna Dorelli", ["Gianna Dorelli"]),
        ("Door Jan van der Poel", ["Jan van der Poel"]),
        ("Tekst: Johanne Dal", ["Johanne Dal"]),
        ("Autor: Jana Dorová", ["Jana Dorová"]),
        ("Автор: Анна Дорина", ["Анна Дорина"]),
        ("도하나 기자", ["도하나"]),
        ("Kolumne von Jana Dorn", ["Jana Dorn"]),
    ],
)
def test_a_byline_is_read_in_its_language(line, authors):
    assert authors_of(TITLE, line, "3 March 2024", BODY, MORE) == authors


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane DoePublished: March 3, 2024", "Jane Doe"),
        ("Jane Doe | March 3, 2024", "Jane Doe"),
        ("Jane Doe 3 March 2024", "Jane Doe"),
        ("March 3, 2024 by Jane Doe", "Jane Doe"),
        ("ByJane Doe", "Jane Doe"),
        ("By the Harrow Ledger Team", None),
    ],
)
def test_what_was_glued_to_a_name_or_stands_beside_it_is_no_part_of_it(line, author):
    found = authors_of(TITLE, line, BODY, MORE)
    assert found == ([author] if author else found)
    assert not any("Published" in name or "2024" in name for name in found)


def test_a_name_alone_of_three_words_beside_the_date_is_an_author():
    assert authors_of(TITLE, "Ann Maria Poe", "3 March 2024", BODY, MORE) == ["Ann Maria Poe"]


def test_words_of_the_text_beside_the_date_are_no_author():
    text = "They repair bridges with mobile cranes, as every app for development of towns will show you."
    assert authors_of(TITLE, "Mobile Development", "3 March 2024", text, BODY, MORE) == []


def test_the_names_under_a_label_are_all_read():
    lines = (TITLE, "von", "Jana Dorn", ",", "Peter Roth", "3 March 2024", BODY, MORE)
    assert authors_of(*lines) == ["Jana Dorn", "Peter Roth"]


def test_who_checked_the_text_is_not_its_author():
    assert authors_of(TITLE, "Reviewed by Ann Poe", "3 March 2024", BODY, MORE) == []


@pytest.mark.parametrize("above", [["Politik"], ["Home", "News"], ["Startseite", "Wirtschaft", "Anmelden"]])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_title_is_found_under_sections_and_buttons(above, gap):
    text = joined(*above, TITLE, "By Jane Doe", BODY, MORE, gap=gap)
    reading = read_text(text)
    assert reading.title is not None
    assert reading.title.value == TITLE
    assert {kind_of(line, text) for line in above} == {"furniture"}


def test_the_way_to_a_page_that_ends_with_its_title_is_not_the_title():
    text = joined(f"Home > News > {TITLE}", TITLE, BODY, MORE)
    assert kind_of(f"Home > News > {TITLE}", text) == "furniture"
    assert kind_of(TITLE, text) == "title"


@pytest.mark.parametrize(
    "line",
    [
        "Artikel teilen", "Lire aussi : Le pont du village", "Lees ook: De brug blijft dicht", "Compartir",
        "Читайте также", "関連記事", "Les også: Broen forblir stengt", "Teilen Merken Drucken",
        "Share Tweet Print Email", "Komentarze", "İlgili Haberler",
    ],
)  # fmt: skip
def test_furniture_is_told_in_its_language(line):
    assert furniture_rule(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "Register now or lose your vote.",
        "Teilen wollte er die Beute nicht, das sagte er den Leuten am Fluss jedes Mal aufs Neue.",
        "Compartir el puente con los vecinos de la otra orilla fue siempre la idea de la alcaldesa.",
    ],
)
def test_a_sentence_that_opens_as_furniture_does_is_text(line):
    assert furniture_rule(line) is None


@pytest.mark.parametrize("line", ["Foto: Jana Dorn", "Crédit photo: Paul Rouvier", "Фото: Анна Дорина"])
def test_a_photo_credit_is_told_in_its_language(line):
    assert picture_rule(line) == ("credit", "credit-prefix")


def test_a_caption_that_ends_with_a_credit_is_told_in_its_language():
    line = "Die alte Brücke in Beltown. Foto: Jana Dorn/Harrow Ledger"
    assert picture_rule(line) == ("caption", "caption-with-credit")


def test_a_quotation_that_repeats_the_title_is_text():
    quoted = "“The bridge at Beltown is not safe.”"
    text = joined("The bridge at Beltown is not safe", "By Jane Doe", BODY, quoted, MORE)
    assert kind_of(quoted, text) == "paragraph"


def test_the_second_line_of_a_title_that_was_broken_belongs_to_it():
    text = joined("Bridge at Beltown to Stay Shut\nuntil the Divers Return", "By Jane Doe", BODY, MORE)
    assert read_text(text).title.value == "Bridge at Beltown to Stay Shut until the Divers Return"


@pytest.mark.parametrize("line", ["Lesezeit: 3 Minuten", "14:05 Uhr", "Publié il y a 3 heures", "March 3"])
def test_a_line_beside_a_title_is_known_for_a_date_or_a_time(line):
    assert looks_dated(line)


@pytest.mark.parametrize("line", ["von", "Author of the article:", "Texte :", "BY"])
def test_what_stands_alone_over_names_is_a_label(line):
    assert is_label(line)


def test_a_name_whose_words_the_text_writes_small_is_no_person():
    small = Vocabulary(words=frozenset({"river", "walk"}), small=frozenset({"river", "walk"}))
    assert not is_person("River Walk", small)
    assert is_person("Jane Walk", small)
