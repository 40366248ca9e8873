"""Random histories of acts, and the same with acts taken out that one viewer is told nothing of.

Each act has a clock and dice of its own, so that what is left happens as it did. What a viewer is told is said by the
naive reading of the whole database (`dumping`), at the moments at which the viewer is asked afterwards.
"""

import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from amont.catalogue.models import Item
from amont.chain.facts_inputs import SourceKind
from amont.consortia.actions import found
from amont.consortia.models import Consortium, Participation
from amont.disclosure.guard import looking_as
from amont.disclosure.reading import noting
from amont.disclosure.unsealed import unsealed
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account
from amont.parties.models import Organization, Person
from amont.parties.read import viewer_of
from amont.post.models import Mail
from amont.sight.cut.whole import whole
from house.routes import routes
from proof.acts import ACTS, Words
from proof.dumping import eyes
from proof.known import Eyes
from proof.loading import forget
from proof.observing import Asked, Observer, pseudonyms_by_key, still
from proof.pairs import first_difference
from proof.strategies import METHODS, Handles, ask, keys_of

MEMBERS, PARTNERS = ("m0", "m1", "m2"), ("s0", "s1", "s2", "s3")
BASE = (*MEMBERS, *PARTNERS)
MOST, LATER = 0.92, 0.8
LONG, POINTS, AT_A_POINT = 30, 2, 8
CHAINS = ("see:line", "see:lines", "see:coverage", "answer:tasks", "share:who", "home:page")
OF_NOBODY = {"join", "begin", "decline an invitation", "forward", "take a seat"}
"""Acts of whoever holds a mailed link."""
ONLY = {"offer a seat": MEMBERS[:1], "bring": MEMBERS, "ask": MEMBERS, "ask for more": MEMBERS}
"""Acts that these alone do."""
Told = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """One act of a history: when it happened, whose it was, what, in which words."""

    at: datetime
    actor: str
    name: str
    words: Words
    dice: str


class Names:
    """Which row is which public id, for pseudonyms: kept up to date while a history goes on."""

    def __init__(self) -> None:
        self.of: dict[str, dict[int, str]] = {"organization": {}, "item": {}}

    def keys(self, kind: str) -> dict[int, str]:
        return self.of[kind]

    def look(self) -> None:
        with unsealed("a test looks at everything"):
            self.of["organization"].update(Organization.objects.values_list("pk", "public_id"))
            self.of["item"].update(Item.objects.values_list("pk", "public_id"))


@dataclass
class Ran:
    """What came of a history for its viewer: what each own act gave, what it was told, what it was answered."""

    outcomes: dict[str, str] = field(default_factory=dict)
    silent: list[int] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    answers: list[Told] = field(default_factory=list)


class History:
    """A random history, whom it is looked at by, and when."""

    def __init__(self, seed: int, number: int) -> None:
        self.name, self.dice = f"{seed}/{number}/trace", random.Random(f"{seed}/{number}/trace")  # noqa: S311
        self.start = datetime(2026, 3, self.dice.randint(2, 30), 7, tzinfo=UTC)
        self.viewer = BASE[number % len(BASE)]
        self.acts: list[Act] = []
        self.asked: dict[int, list[Asked]] = {}
        self.prologue = self.tiers()
        self.points = [LONG * (n + 1) // POINTS - 1 for n in range(POINTS)]

    def at(self, step: int) -> datetime:
        return self.start + timedelta(days=2, hours=7 * step)

    # --- the stage

    def stage(self) -> dict[str, Viewer]:
        """Let three members and four others have accounts, and each something that it buys or sells."""
        forget()
        firms = {}
        for key in BASE:
            with still(f"{self.name}/{key}", self.start):
                firms[key] = open_account(
                    email=f"{key}@{key}.example",
                    person_name=f"Person {key}",
                    organization_name=f"Firm {key}",
                    country="FR",
                    language="en",
                    password=None,
                )
        with still(f"{self.name}/found", self.start):
            found(firms["m0"], name="Sector", template="cosmetics")
            for key in MEMBERS[1:]:
                Participation.objects.create(
                    consortium=Consortium.objects.get(), organization_id=firms[key].organization_id, is_member=True
                )
            Organization.objects.update(checked_by="letter")
        return firms

    def viewers(self, firms: dict[str, Viewer]) -> dict[str, Viewer]:
        """Return all who can act by now: those who came meanwhile are known by their address."""
        for person in Person.objects.exclude(email__in=[f"{key}@{key}.example" for key in BASE]).order_by("email"):
            viewer = viewer_of(person.pk)
            if viewer is not None:
                firms[person.email] = viewer
        return firms

    def tiers(self) -> list[tuple[str, str, Words]]:
        """Return the first acts, most of them: two members ask one firm or two, which pass it on to others."""
        members, firms = self.dice.sample(MEMBERS, 2), self.dice.sample(PARTNERS, 4)
        below = [firms[0], self.dice.choice(firms[:2])]
        found: list[tuple[str, str, Words]] = []
        for member, firm in zip(members, below, strict=True):
            found += [(member, "bring", {}), (member, "ask", {"email": f"{firm}@{firm}.example"})]
        for firm, above in (*((firm, firms[2]) for firm in sorted(set(below))), (firms[2], firms[3]), (firms[3], "")):
            mill = {"kind": SourceKind.INVITE, "name": "Mill", "email": f"{above}@{above}.example", "country": "MY"}
            found += [(firm, "accept", {}), (firm, "answer", {"sources": [mill] if above else []})]
        return [each for each in found if self.dice.random() < MOST]

    # --- going on

    def run(self, *, without: Collection[int] = ()) -> Ran:
        """Go through the history in an empty database, and leave it empty.

        The first time acts and requests are chosen; afterwards those that were chosen are done again.
        """
        ran, names = Ran(), Names()
        with transaction.atomic(), pseudonyms_by_key(names, {}):
            firms = self.stage()
            for step in range(LONG):
                self.viewers(firms)
                names.look()
                if step not in without:
                    self.act(step, firms, ran)
                if step in self.points:
                    names.look()
                    self.point(step, firms[self.viewer], ran)
            transaction.set_rollback(True)
        return ran

    @property
    def address(self) -> str:
        return f"{self.viewer}@{self.viewer}.example"

    def act(self, step: int, firms: dict[str, Viewer], ran: Ran) -> None:
        first = step == len(self.acts)
        if first:
            self.acts.append(self.chosen(step, firms))
        act = self.acts[step]
        if act.actor == self.viewer:
            ran.outcomes[f"{step} {act.name}"] = done(act, firms[act.actor])
            return
        before = self.told(firms[self.viewer], act.at) if first else {}
        if act.name in OF_NOBODY or act.actor in firms:
            done(act, firms.get(act.actor))
        if first and self.told(firms[self.viewer], act.at) == before:
            ran.silent.append(step)

    def chosen(self, step: int, firms: dict[str, Viewer]) -> Act:
        """Return an act that somebody can do now."""
        names = [name for name, (_, _, often) in ACTS.items() for _ in range(often)]
        with still(f"{self.name}/choose {step}", self.at(step)), noting():
            while True:
                told: Words = {}
                name = self.dice.choice(names)
                actors = self.dice.sample(sorted(firms), len(firms))
                if self.prologue:
                    actor, name, told = self.prologue.pop(0)
                    actors = [actor]
                elif name in ONLY:
                    actors = [each for each in actors if each in ONLY[name]]
                for actor in actors:
                    with looking_as(firms[actor]):
                        words = ACTS[name][0](firms[actor], self.dice)
                    if words is not None:
                        who = "" if name in OF_NOBODY else actor
                        return Act(self.at(step), who, name, words | told, f"{self.name}/{step}")

    # --- what the viewer is told

    def told(self, viewer: Viewer, at: datetime) -> Told:
        return {**eyes(public_id(viewer), at).told(), "mails": mails_to(self.address)}

    def point(self, step: int, viewer: Viewer, ran: Ran) -> None:
        """Say what the viewer is told at a point of the history, and ask as the viewer what is asked there."""
        at = self.at(step)
        seen = eyes(public_id(viewer), at)
        ran.told.append({**seen.told(), "mails": mails_to(self.address)})
        if step not in self.asked:
            self.asked[step] = self.requests(step, seen, viewer)
        forget()
        observer = Observer(at, viewer.person_id, frozenset({self.address}))
        for each in self.asked[step]:
            with transaction.atomic():
                ran.answers.append(observer.observe(each))
                transaction.set_rollback(True)
            observer.again()

    def requests(self, step: int, seen: Eyes, viewer: Viewer) -> list[Asked]:
        """Choose what is asked at a point: chains of own items, and any routes, with own ids and hidden ones."""
        with still("view", self.at(step)), looking_as(viewer), noting():
            pseudonyms = sorted(whole(viewer).nameless)
        own = by_kind(seen.ids()) | {"pseudonym": pseudonyms, "consortium": [Consortium.objects.get().public_id]}
        found = Handles(own, by_kind(set(keys_of(seen.rich)) - seen.ids()), [self.address, "no@one.example"])
        every = sorted(routes(), key=lambda route: route.name)
        chains = self.dice.sample([route for route in every if route.name in CHAINS], AT_A_POINT // 2)
        others = self.dice.sample(every, AT_A_POINT // 2)
        asked = [ask(route.name, route.parameters, found, self.dice, ("GET",)) for route in chains]
        return asked + [ask(route.name, route.parameters, found, self.dice, METHODS) for route in others]


def by_kind(ids: set[tuple[str, str]]) -> dict[str, Sequence[str]]:
    """Return ids by their kind."""
    found: dict[str, list[str]] = {}
    for kind, key in sorted(ids):
        found.setdefault(kind, []).append(key)
    return dict(found)


def public_id(viewer: Viewer) -> str:
    return Organization.objects.get(pk=viewer.organization_id).public_id


def mails_to(address: str) -> list[tuple[Any, ...]]:
    rows = Mail.objects.filter(to=address).order_by("pk")
    return [(row.subject, row.text, row.reply_to, row.language, row.message_id) for row in rows]


def done(act: Act, actor: Viewer | None) -> str:
    """Do one act, and say what came of it."""
    with still(act.dice, act.at), looking_as(actor), noting():
        try:
            with transaction.atomic():
                return repr(ACTS[act.name][1](actor, **act.words))
        except (Refused, Denied, NotKnown) as trouble:
            return f"{type(trouble).__name__}: {trouble}"


@dataclass
class Compared:
    """What came of one history: which acts were taken out, how many answers were compared, where they differ."""

    taken: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    differences: list[str] = field(default_factory=list)


def compare(seed: int, number: int) -> Compared:
    """Make history `number`, take out what its viewer is told nothing of, and compare all that the viewer gets.

    What is told may hang on two acts, of which each alone told nothing: then fewer are taken out, later ones rather,
    on which less hangs.
    """
    history, came = History(seed, number), Compared()
    first = history.run()
    dice, taken = random.Random(f"{history.name}/taken"), first.silent  # noqa: S311 - repeatable on purpose
    second = history.run(without=taken)
    while taken and second.told != first.told:
        half = len(taken) // 2
        taken = taken[-half:] if half and dice.random() < LATER else sorted(dice.sample(taken, half))
        second = history.run(without=taken)
    came.taken = Counter(history.acts[step].name for step in taken)
    asked = [each for step in history.points for each in history.asked[step]]
    for request, one, other in zip(asked, first.answers, second.answers, strict=True):
        came.requests += 1
        came.differences += [
            f"history {number} ({history.viewer}), {request}: {part}: {first_difference(one[part], other[part])}"
            for part in one
            if one[part] != other[part]
        ]
    if first.outcomes != second.outcomes:
        came.differences.append(f"history {number}, own acts: {first_difference(first.outcomes, second.outcomes)}")
    return came
