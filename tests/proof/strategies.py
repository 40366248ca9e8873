"""What is asked: each route with its methods, parameters of the viewer's own, hidden ones of either world, and others'.

Routes and the kinds of their parameters are those of the canary sweep; a route without an entry there fails.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.urls import NoReverseMatch, reverse

from amont.requests.actions import token_for
from disclosure.entries import ENTRIES, TYPED
from proof.known import Eyes
from proof.loading import public, token
from proof.observing import Asked
from proof.rich import TYPED_ADDRESS, Rich

TABLE_OF = {
    "colleague invitation": "ColleagueInvitation",
    "consent": "Consent",
    "contact": "Contact",
    "file": "Import",
    "grant": "grant",
    "invitation": "Invitation",
    "item": "item",
    "kept filter": "SavedFilter",
    "merge": "Merge",
    "organization": "organization",
    "pair": "Alike",
    "person": "Person",
    "request": "Request",
    "request line": "RequestLine",
    "seat": "Seat",
    "source": "Source",
}
METHODS = ("GET",) * 11 + ("POST",) * 7 + ("HEAD", "PUT", "DELETE", "OPTIONS")
NOTHING = "nothing234567nothing"


@dataclass(frozen=True)
class Handles:
    """What a viewer may type into an address: by kind its own, and those that it never was given."""

    own: dict[str, Sequence[str]]
    hidden: dict[str, Sequence[str]]
    addresses: Sequence[str]


def handles(one: tuple[Rich, Eyes], other: tuple[Rich, Eyes], pseudonyms: Sequence[str]) -> Handles:
    """Return the handles of a pair of worlds, the same for both."""
    rich, eyes = one
    own: dict[str, list[str]] = {"pseudonym": list(pseudonyms), "consortium": [public("consortium", "one", "")]}
    hidden: dict[str, list[str]] = {"pseudonym": [], "consortium": []}
    known = eyes.ids()
    for world, salt in ((rich, ""), (other[0], "other")):
        for kind, key in sorted(keys_of(world)):
            into = own if (kind, key) in known else hidden
            found = into.setdefault(kind, [])
            found.append(public(kind, key, "" if (kind, key) in known else salt))
    addresses = eyes.addresses()
    links = [row for row in rich["rows"]["InvitationKey"] if _addressed(rich, row["invitation"]) in addresses]
    own["invitation token"] = [token(row["key"]) for row in links]
    own["reminder token"] = [token_for(each) for each in sorted(addresses)]
    own["copied link"] = [public("Invitation", row["invitation"], "") for row in links]
    own["join token"] = [token(row["key"]) for row in rich["rows"]["ColleagueInvitation"] if row["email"] in addresses]
    typed = [row["email"] for row in [*rich["rows"]["Person"], *other[0]["rows"]["Person"]][:12]]
    return Handles(
        dict(own), dict(hidden), [*sorted(addresses), TYPED_ADDRESS, TYPED_ADDRESS, *typed, "no@one.example"]
    )


def keys_of(rich: Rich) -> Iterator[tuple[str, str]]:
    """Give every (kind, key) that has a public id."""
    for kind, name in (("organization", "organizations"), ("item", "items")):
        yield from ((kind, each["key"]) for each in rich["world"][name])
    yield from (("grant", each["_key"]) for each in rich["world"]["grants"])
    for table, rows in rich["rows"].items():
        yield from ((table, row["key"]) for row in rows)


def _addressed(rich: Rich, invitation: str) -> str:
    return next(str(row["email"]) for row in rich["rows"]["Invitation"] if row["key"] == invitation)


def value(kind: str, found: Handles, dice: random.Random) -> str:
    """Choose one value of a parameter's kind."""
    if kind == "item=":
        return f"item={value('item', found, dice)}"
    if kind == "site":
        kind = dice.choice(("Site", "ClaimedPlace"))
    kind = TABLE_OF.get(kind, kind)
    own, hidden = found.own.get(kind, ()), found.hidden.get(kind, ())
    if not own and not hidden and kind.split("|") != [kind]:
        return dice.choice(kind.split("|"))
    if kind not in found.own and kind not in found.hidden and not kind.endswith(("token", "link", "Merge")):
        return dice.choice(kind.split("|"))
    roll = dice.random()
    if own and roll < 0.55:
        return dice.choice(own)
    if hidden and roll < 0.9:
        return dice.choice(hidden)
    return NOTHING


class _Addresses(dict[str, str]):
    """Any name stands for an address of the pool."""

    def __init__(self, found: Handles, dice: random.Random) -> None:
        self.found, self.dice = found, dice

    def __missing__(self, key: str) -> str:
        return self.dice.choice(self.found.addresses)


def ask(
    name: str, parameters: Sequence[str], found: Handles, dice: random.Random, methods: Sequence[str] = METHODS
) -> Asked:
    """Return one request for a route. Raises `KeyError` for a route without an entry."""
    method = dice.choice(methods)
    for _ in range(20):
        chosen = [value(kind, found, dice) for kind in ENTRIES[name]]
        named = {key: each for key, each in zip_longest(parameters, chosen[: len(parameters)]) if key}
        try:
            url = reverse(name, kwargs=named)
        except NoReverseMatch:
            continue
        extra = "&".join(each for each in chosen[len(parameters) :] if each)
        url += f"?{extra}" if extra else ""
        form: dict[str, str] = {}
        if method == "POST" and dice.random() < 0.75:
            form = dict(dice.choice(TYPED.get(name, ({},))))
        pool = _Addresses(found, dice)
        typed = tuple((key, each.format_map(pool)) for key, each in form.items())
        return Asked(name, method, url, typed)
    message = f"no address for {name}"
    raise KeyError(message)
