"""The form of a content by the quotation marks around it."""

import pytest

from onrecord.record.quoted import form_of_content
from tests.factories import make_article, span_of


@pytest.mark.parametrize(
    ("text", "part", "form"),
    [
        ("He said: “It is late.”", "It is late.", "direct"),
        ("He said: “It is late.”", "“It is late.”", "direct"),
        ('He said: "It is late."', "It is late.", "direct"),
        ("He said: ‘It’s late.’", "It’s late.", "direct"),
        ("He said: 'It's late.'", "It's late.", "direct"),
        ("He said it was “late”.", "it was “late”", "mixed"),
        ("He said it's the players' turn.", "it's the players' turn", "indirect"),
        ("“So it is.” He said it was late.", "it was late", "indirect"),
        ("“It ‘works’ now”, he said.", "It ‘works’ now", "direct"),
        ("«Es ist spät», he said.", "Es ist spät", "direct"),
        ("“It never did, he said of it.", "It never did", "direct"),
        ("It was 5\" wide and late.", "It was 5\" wide", "indirect"),
        ("…", "…", "indirect"),
    ],
)  # fmt: skip
def test_the_form_is_told_by_the_marks(text, part, form):
    assert form_of_content(make_article([("paragraph", text)]), [span_of(text, part)]) == form


def test_a_quotation_that_is_not_closed_ends_with_its_paragraph():
    article = make_article([("paragraph", "“It never did"), ("paragraph", "and it was late.")])
    assert form_of_content(article, [span_of(article.text, "it was late")]) == "indirect"


def test_a_content_of_two_quotations_is_direct():
    text = "“It is,” he said, “late.”"
    spans = [span_of(text, "“It is,”"), span_of(text, "“late.”")]
    assert form_of_content(make_article([("paragraph", text)]), spans) == "direct"


def test_a_content_beyond_all_blocks_is_judged_by_itself():
    assert form_of_content(make_article([]), []) == "indirect"
