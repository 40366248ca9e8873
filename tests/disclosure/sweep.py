"""Fetches every route as every persona with every id of every owner, and tells what its reader was not given."""

import html
import json
import logging
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product
from zipfile import ZipFile, is_zipfile

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from amont.catalogue.models import Import, Item, Site
from amont.chain.models import Alike, ClaimedPlace, Contact, Invitation, Merge, Source
from amont.consortia.models import Consortium, Proposal, Seat
from amont.disclosure.guard import looking_as
from amont.disclosure.models import Consent, Grant, Inspection
from amont.disclosure.unsealed import unsealed
from amont.evidence.models import Certificate, Document
from amont.insight.models import SavedFilter
from amont.kernel import ids
from amont.parties.actions import make_token
from amont.parties.models import ColleagueInvitation, Membership, Organization, Person, Token
from amont.parties.rules import SCOPES
from amont.post.models import Hook, Mail
from amont.purchasing.models import Adhesion, Agreement, Dispute, Mandate, Network, QuoteRequest, Settlement
from amont.requests.models import Request, RequestLine
from amont.sight.cut.whole import whole
from disclosure.entries import ENTRIES, JSON, TYPED
from house.routes import Route, routes
from world.build import World

TABLES: dict[str, type[Model]] = {
    "adhesion": Adhesion,
    "settlement": Settlement,
    "agreement": Agreement,
    "certificate": Certificate,
    "colleague invitation": ColleagueInvitation,
    "consent": Consent,
    "inspection": Inspection,
    "consortium": Consortium,
    "contact": Contact,
    "dispute": Dispute,
    "document": Document,
    "file": Import,
    "grant": Grant,
    "hook": Hook,
    "invitation": Invitation,
    "item": Item,
    "kept filter": SavedFilter,
    "mandate": Mandate,
    "merge": Merge,
    "network": Network,
    "organization": Organization,
    "own site": Site,
    "pair": Alike,
    "person": Person,
    "proposal": Proposal,
    "place": ClaimedPlace,
    "quotes": QuoteRequest,
    "request": Request,
    "request line": RequestLine,
    "seat": Seat,
    "source": Source,
    "token": Token,
}
LINKS = {
    "join token": "join",
    "invitation token": "invitation",
    "seat token": "seat",
    "founder's token": "found/open",
    "question token": "question",
    "prices token": "prices",
    "reminder token": "reminders",
}
NOTHING = "nothing234567nothing"


PERSONAS = ("nobody", "ines", "claire", "remi", "victor", "mael", "rana", "gita", "samir")


@dataclass(frozen=True)
class Persona:
    """Who fetches: its name, and the readers that it is (its firm, and itself)."""

    name: str
    readers: frozenset[str]
    client: Client = field(compare=False, repr=False)
    token: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True)
class Found:
    """What one answer tells that its reader was not given, or that the page broke."""

    persona: str
    method: str
    url: str
    told: frozenset[str]


def personas(world: World, names: AbstractSet[str]) -> list[Persona]:
    """Return those of these names (none: all) of one admin of each firm, Claire's reader, and nobody."""
    found = [Persona("nobody", frozenset(), _client())]
    for key, viewer in world.firms.items():
        if names and key not in names:
            continue
        _id, token = make_token(viewer, name=f"sweep {ids.new_public_id()}", scopes=SCOPES, days=30)
        found.append(Persona(key, frozenset({key}), _client(viewer.person_id), token))
    reader = Membership.objects.get(organization_id=world.firms["claire"].organization_id, role="reader")
    return [*found, Persona("remi", frozenset({"claire", "remi"}), _client(reader.person_id))]


def _client(person: int | None = None) -> Client:
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(get_user_model().objects.get(pk=person))
    return client


@dataclass
class Sweep:
    """One world, its personas, and the routes to fetch (none named: all)."""

    world: World
    only: tuple[str, ...] = ()
    fetched: int = 0
    crashes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        with unsealed("a test looks up every id of every owner"):
            self.ids = {
                kind: [*table._default_manager.values_list("public_id", flat=True), NOTHING]
                for kind, table in TABLES.items()
            }
        self.ids["pseudonym"] = [*self._pseudonyms(), NOTHING]
        self.ids["item="] = [f"item={each}" for each in self.ids["item"]]
        self.ids["subject"] = ["own", *self.ids["own site"], *self.ids["item"]]
        self.ids["few subjects"] = ["own", *self._first(Site), *self._first(Item)]
        self.ids["site"] = [*self.ids["own site"], *self.ids["place"]]
        self.holders = dict(self._tokens())

    def _first(self, table: type[Model]) -> Iterator[str]:
        """Give one id of each owner."""
        with unsealed("a test looks up an id of every owner"):
            rows = table._default_manager.order_by("-pk").values_list("owner_id", "public_id")
            yield from dict(rows).values()

    def _pseudonyms(self) -> Iterator[str]:
        """Give every pseudonym of every view."""
        for viewer in self.world.firms.values():
            with looking_as(viewer):
                yield from sorted(whole(viewer).nameless)

    def _tokens(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Give every secret of a mailed link by kind, with the reader that it was mailed to."""
        keys = {mail: key for key, mail in self.world.mails.items()}
        for mail in Mail.objects.all():
            for kind, page in LINKS.items():
                for token in re.findall(rf"/{page}/([^/\s]+)/", mail.text):
                    yield (kind, token), keys[mail.to]
        with unsealed("a test looks up whom each invitation is for: its copied link shows what it asks"):
            for invitation in Invitation.objects.all():
                yield ("copied link", invitation.public_id), keys[invitation.email]
        for network in Network.objects.all():
            yield ("joining link", network.joining), "claire"  # who runs it hands it to whom she wants

    def values(self, kind: str) -> list[str]:
        if kind in LINKS or kind in {"copied link", "joining link"}:
            return [*(token for of, token in self.holders if of == kind), NOTHING]
        return self.ids[kind] if kind in self.ids else kind.split("|")

    def urls(self, route: Route) -> Iterator[tuple[str, frozenset[str]]]:
        """Give each url of a route, with the readers to whom a secret in it was mailed."""
        kinds = ENTRIES[route.name]
        for chosen in product(*(self.values(kind) for kind in kinds)):
            holders = {self.holders.get(pair) for pair in zip(kinds, chosen, strict=True)}
            named = dict(zip(route.parameters, chosen, strict=False))
            try:
                url = reverse(route.name, kwargs=named)
            except NoReverseMatch:
                continue
            extra = "&".join(chosen[len(route.parameters) :])
            yield url + (f"?{extra}" if extra else ""), frozenset(each for each in holders if each)

    def run(self, *names: str) -> list[Found]:
        """Fetch all as the personas of these names (none: all), and return what was told to whom it should not be."""
        return list(self.each(*names))

    def each(self, *names: str) -> Iterator[Found]:
        """Give what `run` returns, as it is found."""
        logging.getLogger("django.request").setLevel(logging.CRITICAL)  # thousands of 404 and 405 are the point
        wanted = [route for route in routes() if not self.only or route.name in self.only]
        for persona in personas(self.world, set(names)):
            if names and persona.name not in names:
                continue
            for route in wanted:
                for url, holders in self.urls(route):
                    yield from self.fetch(persona, route.name, url, holders)
            yield from self.mailed(persona, after=0)

    def fetch(self, persona: Persona, name: str, url: str, holders: frozenset[str]) -> list[Found]:
        if name.startswith("api:"):
            return self.fetch_as_program(persona, name, url, holders)
        found = []
        for method, typed in (("GET", {}), *(("POST", form) for form in ({}, *TYPED.get(name, ())))):
            form = {key: value.format_map(self.world.mails) for key, value in typed.items()}
            last = Mail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            cookies = persona.client.cookies.output()
            with transaction.atomic():
                answer = persona.client.generic(method, url) if method == "GET" else persona.client.post(url, form)
                found += self.judge(persona, f"{method} {form or ''}", url, answer, holders, " ".join(form.values()))
                found += self.mailed(persona, after=last, typed=set(form.values()), holders=holders)
                transaction.set_rollback(True)
            if persona.client.cookies.output() != cookies:
                persona.client.cookies.load(cookies.replace("Set-Cookie: ", ""))
        return found

    def fetch_as_program(self, persona: Persona, name: str, url: str, holders: frozenset[str]) -> list[Found]:
        """Ask the API by the token of the persona's firm: to read, and all that may be sent there."""
        held = {"Authorization": f"Bearer {persona.token}"} if persona.token else {}
        found = []
        for method, body in (("GET", {}), *JSON.get(name, ())):
            last = Mail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            said = json.dumps(body) if body else ""
            with transaction.atomic():
                answer = persona.client.generic(method, url, said, "application/json", headers=held)
                found += self.judge(persona, f"{method} {said}", url, answer, holders, said)
                found += self.mailed(persona, after=last, holders=holders)
                transaction.set_rollback(True)
        return found

    def judge(
        self,
        persona: Persona,
        method: str,
        url: str,
        answer: HttpResponse,
        holders: frozenset[str],
        typed: str,
    ) -> list[Found]:
        self.fetched += 1
        if answer.status_code >= 500:
            self.crashes.append(f"{persona.name} {method} {url}: {answer.status_code}")
        text = text_of(answer)
        told = self.world.words.not_given(text, persona.readers | holders)
        told -= self.world.words.not_given(f"{typed} {url}", ())
        return [Found(persona.name, method, url, frozenset(told))] if told else []

    def mailed(
        self,
        persona: Persona,
        *,
        after: int,
        typed: AbstractSet[str] = frozenset(),
        holders: AbstractSet[str] = frozenset(),
    ) -> list[Found]:
        """Judge the mails written since, each by the reader that it goes to.

        To an address that the persona typed itself, it may tell whatever it knows.
        """
        keys = {mail: key for key, mail in self.world.mails.items()}
        found = []
        for mail in Mail.objects.filter(pk__gt=after):
            text = f"{mail.subject} {mail.text} {mail.reply_to}"
            told_by = persona.readers | holders if mail.to in typed else set()
            told = self.world.words.not_given(text, {keys[mail.to], *told_by})
            if mail.cause.startswith("more "):  # who asks for more does so under its own name
                told -= {f"{persona.name}: organization"}
            if told:
                found.append(Found(persona.name, "MAIL", mail.to, frozenset(told)))
        return found


def text_of(answer: HttpResponse) -> str:
    """Return all that an answer tells: status line, headers, and body, unpacked where it is packed."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as parts:
            body = b" ".join(parts.read(name) for name in parts.namelist())
    headers = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = answer.cookies.output()
    return html.unescape(f"{headers} {cookies} {body.decode(errors='replace')}")
