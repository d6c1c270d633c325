"""What the guard admits and what it refuses, whatever the address is dressed up as."""

import ipaddress

import pytest

from detente.web import Guard, Refusal
from detente.web.guard import Unknown, is_public

INSIDE = [
    "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.0.0.9", "192.88.99.1",
    "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "3fff::1", "5f00::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_public_is_refused_by_number_and_by_name(address):
    shown = f"[{address}]" if ":" in address else address
    with pytest.raises(Refusal, match="not on the public internet"):
        Guard().admit(f"http://{shown}/feed")
    with pytest.raises(Refusal, match="not on the public internet"):
        Guard(resolve=lambda host, port: [address]).admit("http://news.example/feed")


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1", "2a00:1450::1"])
def test_the_public_internet_is_admitted(address):
    assert is_public(ipaddress.ip_address(address))
    assert Guard(resolve=lambda host, port: [address]).admit("https://news.example/feed").address == address


@pytest.mark.parametrize(
    "host", ["2130706433", "0177.0.0.1", "0x7f.1", "127.1", "0x7f000001", "127.0.0.01", "①②⑦.⓪.⓪.①", "1。2"]
)
def test_numbers_in_disguise_are_refused_before_anybody_resolves_them(host):
    def never(host, port):
        raise AssertionError(f"asked for {host}")

    with pytest.raises(Refusal):
        Guard(resolve=never).admit(f"http://{host}/")


@pytest.mark.parametrize(
    "url, why",
    [
        ("ftp://news.example/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://news.example/", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("//news.example/a", "only http and https"),
        ("http://user:secret@news.example/", "user name or password"),
        ("http://news.example@127.0.0.1/", "user name or password"),
        ("http://news.example:25/", "port 25"),
        ("http://news.example:99999/", "no URL"),
        ("http://news.example\\@127.0.0.1/", "backslashes"),
        ("http://news.example/a b", "blanks"),
        ("http://news.example/a\r\nHost: x", "control characters"),
        ("http:///a", "no host name"),
        ("http://a..b/", "no host name"),
        ("http://[fe80::1%25eth0]/", "leads to fe80::1"),
        ("http://%31%32%37.0.0.1/", "no host name"),
        ("http://[::1/", "no URL"),
        ("http://news.example/" + "a" * 3000, "3,020 characters"),
    ],
)
def test_odd_urls_are_refused_with_the_reason(url, why):
    with pytest.raises(Refusal, match=why):
        Guard(resolve=lambda host, port: ["8.8.8.8"]).admit(url)


def test_a_name_with_a_public_and_a_private_address_leads_to_the_public_one():
    assert Guard(resolve=lambda host, port: ["10.0.0.1", "8.8.8.8"]).admit("http://a.example/").address == "8.8.8.8"


def test_a_name_is_looked_up_once_and_the_answer_pinned():
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    target = Guard(resolve=lambda host, port: next(answers)).admit("http://a.example/")
    assert (target.address, target.host) == ("8.8.8.8", "a.example")


def test_the_url_is_put_in_its_plain_form():
    target = Guard(resolve=lambda host, port: ["8.8.8.8"]).admit("HTTP://Bücher.Example.:80/ü?q=é#part")
    assert target.url == "http://xn--bcher-kva.example/%C3%BC?q=%C3%A9"
    assert (target.host, target.path, target.authority) == (
        "xn--bcher-kva.example",
        "/%C3%BC?q=%C3%A9",
        "xn--bcher-kva.example",
    )


@pytest.mark.parametrize(
    "allowed, url, admitted",
    [
        ("127.0.0.1", "http://127.0.0.1:5000/", True),
        ("127.0.0.1:5000", "http://127.0.0.1:5000/", True),
        ("127.0.0.1:5000", "http://127.0.0.1:22/", False),
        ("127.0.0.1", "http://127.0.0.2/", False),
        ("127.0.0.0/8", "http://127.0.0.2:81/", True),
        ("[::1]:80", "http://[::1]/", True),
        ("::1", "http://[::1]:99/", True),
        ("inside.example", "http://inside.example:81/", True),
        ("inside.example", "http://other.example:81/", False),
    ],
)
def test_what_the_user_allows_is_admitted_and_nothing_else(allowed, url, admitted):
    guard = Guard([allowed], resolve=lambda host, port: ["10.9.9.9"])
    if admitted:
        assert guard.admit(url).url == url
    else:
        with pytest.raises(Refusal):
            guard.admit(url)


def test_a_host_that_is_not_found_may_be_found_later():
    def fails(host, port):
        raise OSError(-2, "Name or service not known")

    with pytest.raises(Unknown, match=r"the host news.example is not found \(Name or service not known\)"):
        Guard(resolve=fails).admit("http://news.example/")


def test_what_is_no_host_cannot_be_allowed():
    with pytest.raises(ValueError, match="is no host, address or network"):
        Guard(["http://x/"])
