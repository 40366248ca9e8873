"""Where a call may go."""

from datetime import timedelta

import pytest

from amont.post import rules

REFUSED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.1.2.3 127.255.255.255
169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.2.1 192.168.0.1 192.168.255.255
198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1
100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::
2002:a00:1:: 3fff::1 4000::1 5f00::1 fc00::1 fd12:3456:789a::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
""".split()  # noqa: SIM905 - a list that reads as what it is
ALLOWED = ["8.8.8.8", "1.1.1.1", "93.184.215.14", "193.51.208.13", "2606:4700::1111", "2a01:e0a::1"]
NO_TARGET = """
http://firm.example/ ftp://firm.example/ file:///etc/passwd //firm.example/ firm.example https:///path https://
https://localhost/ https://intranet/ https://127.0.0.1/ https://[::1]/ https://0x7f.1/ https://2130706433/
https://user@firm.example/ https://user:secret@firm.example/ https://firm.example:99999/ https://firm.example:x/
https://firm.example/é https://10.0.0.1.:443/ gopher://firm.example/ javascript:alert(1)
https://firm.example\\@evil.example/x
""".split()  # noqa: SIM905


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_of_the_open_internet_is_not_called(address: str) -> None:
    assert not rules.is_public(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_what_is_of_the_open_internet_may_be_called(address: str) -> None:
    assert rules.is_public(address)


@pytest.mark.parametrize(
    "url", [*NO_TARGET, "https://firm.example/" + "x" * 500, "https://a..example/\n", "https://firm.example/a\tb"]
)
def test_what_is_no_name_behind_https_is_no_target(url: str) -> None:
    assert rules.target(url) is None


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://firm.example", ("firm.example", 443, "/")),
        ("https://firm.example:8443/a?b=c", ("firm.example", 8443, "/a?b=c")),
        ("https://Hooks.Firm.example/x#y", ("hooks.firm.example", 443, "/x")),
    ],
)
def test_a_target_is_a_host_a_port_and_a_path(url: str, found: tuple[str, int, str]) -> None:
    assert rules.target(url) == found


def test_a_call_says_its_type_and_one_id() -> None:
    assert rules.body_of("view.changed", "abc") == '{"type":"view.changed","data":{"id":"abc"}}'


def test_pauses_grow_and_end() -> None:
    pauses = [rules.pause_after(tries) for tries in range(1, 9)]
    assert pauses[:-1] == sorted(pauses[:-1])  # type: ignore[type-var]
    assert pauses[-1] is None
    assert sum((each for each in pauses if each), timedelta()) > timedelta(days=1)
