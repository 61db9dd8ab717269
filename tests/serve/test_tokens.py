"""Whoever guesses tokens is kept waiting for a while, and nobody else is."""

import pytest

from onrecord.serve.faults import RefusedError
from onrecord.serve.settings import Settings, Token
from onrecord.serve.tokens import MOST_ADDRESSES, MOST_WRONG, WINDOW, Tokens

SECRET = "a-token-of-this-room"
SETTINGS = Settings(tokens=(Token(secret=SECRET, right="write"),))


class Clock:
    """Seconds, moved on by hand."""

    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


def guess(tokens, address, times=MOST_WRONG):
    for number in range(times):
        assert tokens.try_token(f"wrong{number}", address) is None


def test_after_a_while_whoever_guessed_may_try_again():
    clock = Clock()
    tokens = Tokens(SETTINGS, clock)
    guess(tokens, "192.0.2.1")
    with pytest.raises(RefusedError, match="Too many wrong tokens"):
        tokens.try_token(SECRET, "192.0.2.1")
    clock.now += WINDOW + 1
    assert tokens.try_token(SECRET, "192.0.2.1") == "write"


def test_a_household_of_addresses_guesses_as_one():
    tokens = Tokens(SETTINGS)
    guess(tokens, "2001:db8::1")
    with pytest.raises(RefusedError, match="Too many wrong tokens"):
        tokens.try_token(SECRET, "2001:db8::ffff:2")
    assert tokens.try_token(SECRET, "2001:db8:0:1::1") == "write"


def test_what_is_remembered_of_guesses_has_a_bound():
    tokens = Tokens(SETTINGS)
    for number in range(MOST_ADDRESSES + 50):
        tokens.try_token("wrong", f"host{number}")
    assert len(tokens._wrong) == MOST_ADDRESSES


def test_a_cookie_is_for_the_server_alone_and_for_tls_where_there_is_tls():
    assert Tokens(SETTINGS).write_cookie(SECRET) == (
        f"onrecord_token={SECRET}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict"
    )
    secure = Settings(tokens=SETTINGS.tokens, secure=True)
    assert Tokens(secure).write_cookie("") == (
        "__Host-onrecord_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure"
    )
