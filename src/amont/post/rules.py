"""Where a call may go, when it is tried again, and what it says: no database, no clock, no network."""

import json
from datetime import timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

LONGEST_URL = 500
MOST_HOOKS = 10
TYPES = ("request.received", "answer.received", "consent.asked", "view.changed", "test")
"""What a call may be about: a line that one is asked, an own request answered, a consent asked for, one's view."""

PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120, 360, 720, 1440))
"""How long after each try that failed the next one comes; after the last there is none."""

ROTATES_FOR = timedelta(days=1)
"""How long a call is signed by the secret before, too, once there is a new one."""

SLOT = timedelta(minutes=15)
"""Views are compared at fixed times, so that the moment of a call tells nothing."""

_APART = tuple(
    IPv4Network(each)
    for each in ("192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24")
)
_OPEN = IPv6Network("2000::/3")
_EMBEDS = tuple(IPv6Network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))


def body_of(kind: str, about: str) -> str:
    """Return what a call says: its type and one id, nothing else."""
    return json.dumps({"type": kind, "data": {"id": about}}, separators=(",", ":"))


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet: not private, local, reserved, nor a way to one."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        return found in _OPEN and found.is_global and not any(found in each for each in _EMBEDS)
    if not isinstance(found, IPv4Address) or not found.is_global or found.is_multicast or found.is_reserved:
        return False
    return not any(found in each for each in _APART)


def target(url: str) -> tuple[str, int, str] | None:
    """Return host, port and path with query of an address that may be called; None for any other.

    https alone, by a name that has a dot, without a user; what the name stands for is looked up when it is called.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port or 443
    except (ValueError, UnicodeError):
        return None
    odd = any(not "!" <= each <= "~" for each in url.removeprefix(f"https://{parts.netloc}"))
    if parts.scheme != "https" or parts.username is not None or len(url) > LONGEST_URL or odd:
        return None
    if "." not in host.strip(".") or host.strip(".").rpartition(".")[2].isdigit() or ":" in host:
        return None
    return host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def pause_after(tries: int) -> timedelta | None:
    """Return how long to wait after so many tries that failed; None when it is enough."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None
