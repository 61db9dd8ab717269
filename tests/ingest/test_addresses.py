"""Addresses: what a URL leads to, and which hosts are never asked."""

import ipaddress
import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import FetchError, RefusedAddressError, UnreachableError
from onrecord.ingest.addresses import join_address, name_special, parse_address, resolve_address

PUBLIC = "93.184.215.14"


def answer_names(monkeypatch: pytest.MonkeyPatch, **names: list[str]) -> None:
    """Makes the resolver know these names ("_" for "."), and no other."""
    known = {name.replace("_", "."): numbers for name, numbers in names.items()}

    def getaddrinfo(host: str, port: int, *rest: object, **options: object) -> list[tuple[object, ...]]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(2, 1, 6, "", (number, port)) for number in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize(
    ("given_url", "url"),
    [
        ("https://Beltown.Example", "https://beltown.example/"),
        (" http://beltown.example:80/a?b=c#d ", "http://beltown.example/a?b=c"),
        ("https://beltown.example./a b", "https://beltown.example/a%20b"),
        ("https://beltown.example:8443/%C3%A9", "https://beltown.example:8443/%C3%A9"),
        ("https://beltown.example/é?q=ü", "https://beltown.example/%C3%A9?q=%C3%BC"),
        ("https://beltöwn.example/", "https://xn--beltwn-zxa.example/"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("http://[2606:2800:21F::1]/", "http://[2606:2800:21f::1]/"),
        ("https://beltown.example//double?x=//y", "https://beltown.example//double?x=//y"),
    ],
)
def test_an_address_is_written_in_one_plain_way(given_url: str, url: str):
    assert parse_address(given_url).url == url


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://beltown.example/",
        "javascript:alert(1)",
        "beltown.example/a",
        "//beltown.example/a",
        "http://",
        "http:///a",
        "http://beltown.example:99999/",
        "http://beltown.example:x/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://beltown.example\r\nHost: other/",
        "http://bel town.example/",
        "http://beltown.example@127.0.0.1/",
        "http://user:secret@beltown.example/",
        "http://beltown.example\\@127.0.0.1/",
        "http://beltown..example/",
        "http://%6c%6fcalhost/",
        "http://" + "a" * 64 + ".example/",
        "http://beltown.example/" + "a" * 9000,
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1.0x/",
        "http://１２７.１/",
        "http://256.0.0.1/",
    ],
)
def test_what_is_not_plainly_an_address_of_the_web_is_refused(url: str):
    with pytest.raises(RefusedAddressError):
        parse_address(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.0.0.1.", "１２７.0.0.1", "127。0。0。1", "0.0.0.0", "10.0.0.7", "172.16.0.1",
        "172.31.255.255", "192.168.1.1", "100.64.0.1", "169.254.169.254", "192.0.0.8", "192.0.2.1",
        "198.18.0.1", "198.51.100.2", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "[::]", "[::1]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]",
        "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[2001::7f00:1]", "[100::1]", "[5f00::1]",
        "[::ffff:127.0.0.1]", "[::ffff:a00:1]", "[::127.0.0.1]", "[64:ff9b::10.0.0.1]",
        "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2002:c0a8:101::1]", "[2002:100::]", "localhost", "LOCALHOST.",
        "ｌocalhost", "beltown.localhost",
    ],
)  # fmt: skip
def test_no_address_of_a_network_that_is_not_public_is_asked(host: str):
    with pytest.raises(RefusedAddressError, match="only public addresses"):
        resolve_address(parse_address(f"http://{host}/"))


@pytest.mark.parametrize(
    "number",
    [PUBLIC, "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "192.0.1.1", "223.255.255.255",
     "2606:2800:21f::1", "2a00:1450:4001::200e", "64:ff9b::5db8:d70e", "::ffff:93.184.215.14"],
)  # fmt: skip
def test_public_addresses_are_no_special_ones(number: str):
    assert name_special(number) is None


@given(st.ip_addresses())
def test_no_address_that_python_calls_private_passes_for_public(
    number: ipaddress.IPv4Address | ipaddress.IPv6Address,
):
    if number.is_private or number.is_multicast or number.is_reserved:
        inner = getattr(number, "ipv4_mapped", None)
        nat64 = number in ipaddress.ip_network("64:ff9b::/96")
        assert name_special(str(number)) is not None or nat64 or (inner is not None and inner.is_global)


@pytest.mark.parametrize(
    "network", ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "169.254.0.0/16", "fc00::/7"]
)
def test_the_first_and_last_address_of_a_special_network_are_special(network: str):
    whole = ipaddress.ip_network(network)
    assert name_special(str(whole[0]))
    assert name_special(str(whole[-1]))


def test_private_addresses_are_given_where_they_are_asked_for():
    assert resolve_address(parse_address("http://127.0.0.1/"), private=True) == ("127.0.0.1",)


def test_a_name_gives_all_of_its_numbers_once(monkeypatch: pytest.MonkeyPatch):
    answer_names(monkeypatch, beltown_example=[PUBLIC, PUBLIC, "2606:2800:21f::1"])
    assert resolve_address(parse_address("http://beltown.example/")) == (PUBLIC, "2606:2800:21f::1")


def test_a_name_with_one_private_number_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch):
    answer_names(monkeypatch, beltown_example=[PUBLIC, "10.0.0.1"])
    with pytest.raises(RefusedAddressError, match=r"leads to 10\.0\.0\.1, which is in a private network"):
        resolve_address(parse_address("http://beltown.example/"))


def test_a_number_with_a_zone_of_the_local_link_is_refused(monkeypatch: pytest.MonkeyPatch):
    answer_names(monkeypatch, beltown_example=["fe80::1%eth0"])
    with pytest.raises(RefusedAddressError):
        resolve_address(parse_address("http://beltown.example/"))


def test_an_unknown_name_is_told_from_a_refused_one(monkeypatch: pytest.MonkeyPatch):
    answer_names(monkeypatch)
    with pytest.raises(UnreachableError, match=r"'beltwon\.example' leads to no address"):
        resolve_address(parse_address("http://beltwon.example/"))


def test_a_resolver_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: never.wait(2) and [])
    with pytest.raises(UnreachableError, match="no answer"):
        resolve_address(parse_address("http://beltown.example/"), seconds=0.05)
    never.set()


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://beltown.example/b"),
        ("b?c", "https://beltown.example/a/b?c"),
        ("//courier.example/b", "https://courier.example/b"),
        ("/caf\u00c3\u00a9", "https://beltown.example/caf%C3%A9"),
        ("/café", "https://beltown.example/caf%C3%A9"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(location: str, url: str):
    assert join_address(parse_address("https://beltown.example/a/"), location).url == url


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://[", "http://2130706433/", "gopher://x/"])
def test_a_redirect_out_of_the_web_is_refused(location: str):
    with pytest.raises(RefusedAddressError):
        join_address(parse_address("https://beltown.example/a/"), location)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str):
    for url in (text, f"http://{text}", f"http://a.example/{text}"):
        try:
            address = parse_address(url)
        except FetchError:
            continue
        assert parse_address(address.url) == address
        assert address.url.isascii()
        assert not set(address.url) & set(" \r\n\t")
