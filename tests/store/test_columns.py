"""Any text has a form that both databases take, and comes back from it."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.store.columns import give_text, keep_text

ANY_TEXT = st.text(
    st.characters() | st.sampled_from("\x00\x1a\ud800\udfff0a") | st.characters(categories=["Cs"])
)


@given(ANY_TEXT)
def test_what_is_kept_can_be_written_and_comes_back(text: str):
    kept = keep_text(text)
    assert "\x00" not in kept.encode("utf-8").decode("utf-8")
    assert give_text(kept) == text


@given(ANY_TEXT, ANY_TEXT)
def test_two_texts_are_never_kept_alike(one: str, other: str):
    assert (keep_text(one) == keep_text(other)) is (one == other)


def test_what_looks_like_an_escape_is_kept_as_what_it_is():
    assert give_text(keep_text("\x1a000000")) == "\x1a000000"
    assert keep_text("plain “text”") == "plain “text”"
