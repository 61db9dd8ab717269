"""Which language a text is in."""

import subprocess
import sys

import pytest

from onrecord.language.identify import FUNCTION_WORDS, LIBRARY, identify_language

ENGLISH = (
    "The harbour master said on Monday that the ferry would not sail before the storm had passed, and that "
    "passengers who had paid for their tickets could ask for the money or wait for the next boat."
)
OTHERS = {
    "fr": "Le maire a déclaré lundi que le vieux pont resterait fermé jusqu'au printemps, malgré tout.",
    "de": "Die Bürgermeisterin sagte am Montag, die alte Brücke bleibe trotz der Klagen bis zum Frühjahr zu.",
    "es": "La alcaldesa dijo el lunes que el viejo puente seguirá cerrado hasta la primavera pese a todo.",
    "ru": "Мэр города заявила в понедельник, что старый мост останется закрытым до весны.",
    "ar": "قالت رئيسة البلدية يوم الاثنين إن الجسر القديم سيبقى مغلقا حتى فصل الربيع رغم شكاوى السكان",
    "zh": "市长星期一表示，这座旧桥将关闭到春天，居民必须绕道而行，直到工程全部完成，她为此道歉。",
    "tr": "Belediye başkanı pazartesi günü eski köprünün bahara kadar kapalı kalacağını söyledi.",
    "nl": "De burgemeester zei maandag dat de oude brug ondanks alles tot het voorjaar gesloten blijft.",
}
SCOTS = (
    "The toun wis biggit in the auld days whan fowk frae the isles cam tae the mercat wi thair kye, an the "
    "kirk haes a bell that wis gien bi the laird o the glen. It is kent for its herrin an its haar."
)


def test_plain_english_is_told_by_its_function_words():
    assert identify_language(ENGLISH) == ("en", FUNCTION_WORDS)


def test_plain_english_loads_no_library():
    code = (
        "import sys\nfrom onrecord.language.identify import identify_language\n"
        f"assert identify_language({ENGLISH!r})\n"
        "assert not {'py3langid', 'numpy'} & sys.modules.keys()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_one_short_english_sentence_is_english():
    found = identify_language("The mayor said she would not sign.")
    assert found is not None
    assert found[0] == "en"


@pytest.mark.parametrize("code", OTHERS)
def test_another_language_is_named(code):
    assert identify_language(OTHERS[code]) == (code, LIBRARY)


@pytest.mark.parametrize("code", ["de", "nl"])
def test_a_near_language_with_english_names_in_it_is_not_english(code):
    found = identify_language(f"{OTHERS[code]} «The Voice of the North», «Who We Are». {OTHERS[code]}")
    assert found == (code, LIBRARY)


def test_scots_is_not_taken_for_english_by_its_function_words():
    found = identify_language(SCOTS)
    assert found is None or found[1] == LIBRARY


@pytest.mark.parametrize(
    "text", ["", "   \n", "Yes, he said.", "12 345 678 90 – 55 %", "🎉" * 40, "\ud800" * 30]
)
def test_too_little_text_has_no_language(text):
    assert identify_language(text) is None


@pytest.mark.parametrize("text", ["asdf qwer zxcv hjkl uiop bnmm tyui", "xkcd " * 8, "a" * 5000])
def test_letters_without_a_language_have_none(text):
    assert identify_language(text) is None


def test_lone_surrogates_do_not_hide_the_language():
    found = identify_language("\ud800" + OTHERS["fr"])
    assert found == ("fr", LIBRARY)


def test_a_long_text_is_judged_by_its_beginning():
    assert identify_language(ENGLISH * 20_000) == ("en", FUNCTION_WORDS)
