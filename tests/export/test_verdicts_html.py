"""The page of verdicts: self-contained, safe against hostile words, told without colour too."""

import base64
import dataclasses
import hashlib
import re
from html.parser import HTMLParser

import pytest

from onrecord.export.verdict_cards import HUES, LINES, hue_of, line_of
from onrecord.export.verdict_words import FLAG_WORDS, KIND_WORDS
from onrecord.export.verdicts_html import verdicts_to_html
from onrecord.record import Span
from onrecord.verifier.verdict import FLAGS, KINDS, Claim, Report
from tests.export.test_contrast import contrast, rgb, speaker_colours, values
from tests.reports import DRAFT, make_claim, make_evidence, make_report, make_verdict

VOID = {"meta", "link", "br"}
HOSTILE = [
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "</style><img src=x onerror=alert(1)>",
    "&lt;b&gt;",
    "\x00\x1b[31m",
    "\u202egnp.exe",
    "\ud800",
    "' or 1=1 --",
]


class Page(HTMLParser):
    """Elements with their attributes, what each holds, and whether all are closed in order."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.open, self.texts = [], [], []
        self.crossed = False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.crossed |= not self.open or self.open.pop() != tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self):
        return "".join(self.texts)

    def having(self, name, part):
        return [a for _, a in self.elements if part in (a.get(name) or "").split()]


def hostile_report(words):
    """A report all of whose texts are these words."""
    claim = Claim(
        words=(words,),
        spans=(Span(start_char=0, end_char=len(words)),),
        form="direct",
        source=words,
        speaker=words,
    )
    held = make_evidence(
        words, text=words, before=words, after=words, speaker=words, outlet=words, title=words
    )
    held = dataclasses.replace(
        held, url=words, link=words, published=words, capture_sha256=words, article_id=words
    )
    verdicts = tuple(make_verdict(claim, kind, [held], reason=words, rule=words) for kind in KINDS)
    return Report(draft=words, text=words, verdicts=verdicts, notes=(words,))


@pytest.fixture(scope="module")
def page():
    return Page(verdicts_to_html(make_report()))


def test_every_element_is_closed_in_order(page):
    assert not page.crossed
    assert page.open == []


def test_all_words_of_the_draft_are_shown(page):
    for line in DRAFT.split("\n\n"):
        for word in line.split():
            assert word.strip("“”") in page.text


def test_each_verdict_has_a_card_and_a_place_in_the_draft_linked_both_ways(page):
    ids = [a["id"] for _, a in page.elements if "id" in a]
    links = {a["href"] for tag, a in page.elements if tag == "a"}
    for number in range(1, len(KINDS) + 1):
        assert {f"#v{number}", f"#q{number}"} <= links
        assert ids.count(f"v{number}") == ids.count(f"q{number}") == 1


def test_each_kind_is_told_by_a_word_and_by_a_line_beside_its_colour(page):
    for kind in KINDS:
        assert any(line_of(kind) in (a.get("class") or "").split() for t, a in page.elements if t == "mark")
        assert KIND_WORDS[kind] in page.text


def test_kinds_that_fail_have_lines_of_their_own():
    assert len({LINES[kind] for kind in ("altered", "misattributed", "not_found", "exact")}) == 4
    assert len(set(HUES.values())) == len(HUES)
    assert {hue_of(kind) for kind in KINDS} == set(HUES.values())


def test_words_that_differ_stand_between_signs(page):
    assert "[-not-]" in page.text
    assert ("del", {}) in page.elements


def test_flags_are_told_in_words(page):
    assert page.text.count("negation turned") >= 2
    assert set(FLAG_WORDS) == set(FLAGS)


def test_evidence_has_outlet_date_link_and_hash(page):
    assert "Tessaly Lantern" in page.text
    assert "3 May 2031" in page.text
    assert "sha256:" + "ab" * 32 in page.text
    assert any(a.get("href", "").startswith("https://lantern.example/lock") for _, a in page.elements)


def test_the_names_are_set_side_by_side_where_the_words_are_anothers():
    html = verdicts_to_html(make_report())
    card = html[html.index('<li id="v3"') :]
    assert card.index("Ilse Corran") < card.index("Ondrej Vale")
    assert '<dl class="sides">' in card[: card.index("</li>")]


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(page):
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "iframe", "form", "object", "embed"}
    assert [a["href"] for t, a in page.elements if t == "link"] == ["data:,"]


def test_the_policy_allows_the_style_by_its_hash_alone():
    html = verdicts_to_html(make_report())
    style = re.search(r"<style>(.*?)</style>", html, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "script" not in policy


def test_no_style_stands_in_an_attribute_where_the_policy_forbids_it(page):
    assert not [a for _, a in page.elements if "style" in a]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_and_do_nothing(words):
    html = verdicts_to_html(hostile_report(words))
    html.encode("utf-8")
    page = Page(html)
    assert not page.crossed
    assert not {tag for tag, _ in page.elements} & {"script", "img"}
    assert not [name for _, a in page.elements for name in a if name.startswith("on")]
    assert not re.search("[\x00-\x08\x0b\x0e-\x1f\x7f]", html)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example"]
)
def test_an_address_that_is_not_of_the_web_is_no_link(address):
    held = make_evidence("It closed at nine", url=address, link=address)
    report = Report(
        draft="a", text=DRAFT, verdicts=(make_verdict(make_claim("It closed at nine"), "exact", [held]),)
    )
    assert address not in verdicts_to_html(report)


def test_a_claim_over_paragraphs_is_told_once_where_it_ends():
    text = "“One two.\n\n“Three four.”"
    claim = make_claim("One two.", "Three four.", text=text)
    html = verdicts_to_html(Report(draft="a", text=text, verdicts=(make_verdict(claim, "not_found"),)))
    assert html.count("<mark ") == 2
    assert html.count('id="q1"') == html.count('<li id="v1"') == 1
    assert html.index("Three four.</mark>") < html.index('id="q1"')


def test_the_verdict_stands_behind_the_closing_mark():
    text = "“It was I,” she said."
    verdict = make_verdict(make_claim("It was I,", text=text), "not_found")
    html = verdicts_to_html(Report(draft="a", text=text, verdicts=(verdict,)))
    assert re.search(r"It was I,</mark>”<a [^>]*>1 not found</a> she said", html)


def test_claims_within_claims_are_both_told():
    text = "Vance said that Corran said that the lock was shut."
    outer = make_claim("that Corran said that the lock was shut", text=text, form="indirect")
    inner = make_claim("that the lock was shut", text=text, form="indirect")
    verdicts = (make_verdict(outer, "not_found"), make_verdict(inner, "indirect"))
    page = Page(verdicts_to_html(Report(draft="a", text=text, verdicts=verdicts)))
    assert not page.crossed
    assert page.having("class", "v-within")
    assert {"q1", "q2"} <= {a.get("id") for _, a in page.elements}


def test_a_draft_without_verdicts_is_a_page():
    page = Page(verdicts_to_html(Report(draft="a", text="Nothing.", verdicts=(), notes=("No quotation.",))))
    assert "Nothing." in page.text
    assert "No quotation." in page.text


def test_what_fails_is_listed_above_the_flagged_first(page):
    html = verdicts_to_html(make_report())
    glance = html[html.index('class="at-a-glance"') : html.index("</header>")]
    assert re.findall(r'href="#v(\d)"', glance) == ["1", "3", "7"]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_flags_and_marked_words_have_the_contrast_that_wcag_asks_for(mode):
    held = values(mode)
    panel, ink = rgb(held["--panel"]), rgb(held["--ink"])
    assert all(contrast(colour, panel) >= 4.5 for colour in speaker_colours(mode, "--strong"))
    assert all(contrast(ink, colour) >= 4.5 for colour in speaker_colours(mode, "--tint-on"))
