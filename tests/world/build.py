"""The test consortium: named people, each secret with a word of its own, built through the product's own actions.

Claire buys for a member, Victor for its rival; both buy from Maël, a maker. Maël buys from Rana's mill, Rana from
Gita's estate. Ines coordinates. Hugo was invited by Rana and never came; Olga was offered a seat; Samir has an account
and nothing to do with anybody. Rémi reads for Claire's firm.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from amont.catalogue.actions.lines import add_line
from amont.catalogue.facts import LineDraft
from amont.catalogue.models import Item
from amont.chain.actions.claims import bring_paths
from amont.chain.actions.contacts import add_contact
from amont.chain.facts_book import ContactDraft, PathDraft, PlaceDraft
from amont.chain.facts_inputs import InputValues, SourceKind, SourceValues
from amont.consortia import actions as consortia
from amont.consortia.facts import CharterChange, FloorChoice
from amont.disclosure import actions as disclosure
from amont.disclosure.actions import Subject
from amont.disclosure.guard import looking_as
from amont.disclosure.levels import Audience, Covers, Level
from amont.kernel import clock
from amont.kernel.viewer import Role, Viewer
from amont.parties.actions import invite_colleague, join_by_link, make_token, open_account
from amont.parties.models import Organization
from amont.post.actions import register_hook, try_hook
from amont.post.models import Mail
from amont.requests import actions, read
from amont.requests.facts import AnswerValues, CertificateValues, Decision, LineAsked, Purpose, Task
from amont.sight import read as sight
from amont.sight.actions import ask_for_more
from amont.sight.facts import Mark
from world.answers import remind_all, say_answers
from world.brought import bring_files_of, bring_sites_of, keep_filters_of
from world.buying import buy_together
from world.documents import keep_documents
from world.words import Words


@dataclass
class World:
    """Who is there. Readers are firms by key; whoever has no account is a reader by its mail address."""

    words: Words = field(default_factory=Words)
    firms: dict[str, Viewer] = field(default_factory=dict)
    mails: dict[str, str] = field(default_factory=dict)
    consortium: str = ""
    remi: Viewer | None = None

    def word(self, meaning: str, *readers: str) -> str:
        return self.words.new(meaning, *readers)

    def address(self, key: str, *known_to: str) -> str:
        """Return a person's mail address: a secret like any other, but for who knows it from the first."""
        if key not in self.mails:
            self.mails[key] = f"{self.word(f'{key}: mail address', key, *known_to)}@firm.example"
        return self.mails[key]

    def token(self, key: str, page: str) -> str:
        """Return the secret of the link to a page in the last mail to somebody."""
        texts = Mail.objects.filter(to=self.address(key)).order_by("-pk").values_list("text", flat=True)
        return next(found for text in texts for found in re.findall(rf"/{page}/([^/\s]+)/", text))

    def open(self, key: str, country: str = "FR") -> Viewer:
        """Open an account for somebody and its firm; its identity is checked."""
        viewer = open_account(
            email=self.address(key),
            person_name=f"{key.title()} {self.word(f'{key}: person', key)}",
            organization_name=f"Maison {self.word(f'{key}: organization', key)}",
            country=country,
            language="fr",
            password=None,
        )
        return self.checked(key, viewer)

    def checked(self, key: str, viewer: Viewer) -> Viewer:
        Organization.objects.filter(pk=viewer.organization_id).update(checked_by=Organization.Check.COORDINATOR)
        self.firms[key] = viewer
        return viewer


def whole() -> World:
    """Return the whole test consortium, written into the database."""
    world = World()
    _consortium(world)
    _lines(world)
    _tier_one(world)
    _tier_two(world)
    _let_in(world)
    _tier_three(world)
    _claims(world)
    bring_sites_of(world)
    _people(world)
    bring_files_of(world)
    keep_filters_of(world)
    _grants(world)
    keep_documents(world)
    _askings(world)
    _programs(world)
    _decisions(world)
    buy_together(world)
    say_answers(world)
    remind_all()
    return world


def _consortium(world: World) -> None:
    ines = world.open("ines")
    facts = consortia.found(ines, name=f"Filière {world.word('consortium', 'ines')}", template="cosmetics")
    world.consortium = facts.public_id
    for key in ("claire", "victor", "olga"):
        firm = f"Firm {world.word(f'seat of {key}: name as written', 'ines', key)}"
        consortia.offer_seat(ines, world.consortium, firm=firm, email=world.address(key), language="fr")
        world.words.give(world.address(key), "ines")
    for key in ("claire", "victor"):
        consortia.take_seat(world.open(key), token=world.token(key, "seat"))
    world.open("samir")


def _line(world: World, key: str, name: str) -> str:
    """Bring one article line, and return its public id."""
    said = {part: world.word(f"{key}: {name}: {part}", key) for part in ("reference", "name", "inci", "material")}
    with looking_as(world.firms[key]):
        return add_line(world.firms[key], LineDraft(row=0, family="palm", kind="ingredient", **said)).line


def _contact(world: World, key: str, whom: str) -> str:
    """Write somebody into a firm's book, and return the contact's public id."""
    said = {part: world.word(f"{key}'s book: {whom}: {part}", key) for part in ("name", "group", "person")}
    world.words.give(world.address(whom), key)
    world.words.give(said["name"] + " " + said["person"], whom)  # a mail addresses it so
    with looking_as(world.firms[key]):
        draft = ContactDraft(row=0, country="FR", email=world.address(whom), language="fr", **said)
        return add_contact(world.firms[key], draft).contact


def _lines(world: World) -> None:
    for key in ("claire", "victor"):
        mael = _contact(world, key, "mael")
        asked = [
            LineAsked(_line(world, key, name), mael, world.word(f"{key} to mael: {name}: reference", key, "mael"))
            for name in ("first line", "second line")
        ]
        _line(world, key, "line of which nobody is asked")
        with looking_as(world.firms[key]):
            actions.ask(
                world.firms[key],
                lines=asked,
                purpose=Purpose.VIGILANCE,
                due_on=clock.today() + timedelta(days=30),
                message=world.word(f"{key} to mael: message", key, "mael"),
            )
    _line(world, "samir", "line")


def _tier_one(world: World) -> None:
    mael = world.checked("mael", _join(world, "mael", "IT"))
    with looking_as(mael):
        for waiting in read.invitations_to(mael):
            actions.accept_invitation(mael, invitation=waiting.invitation)
        tasks = read.tasks(mael)
    claires = [task for task in tasks if _is_of(world, task, "claire")]
    victors = [task for task in tasks if _is_of(world, task, "victor")]
    stated = SourceValues(
        SourceKind.STATED, name=world.word("mael's book: stated firm", "mael"), country="ID", step="refining"
    )
    _send(world, "mael", _answer(world, "mael", claires[0], "item for claire", _invite(world, "mael", "rana"), stated))
    _send(world, "mael", _answer(world, "mael", victors[0], "item for victor", _invite(world, "mael", "rana")))
    reason = world.word("mael to victor: reason", "mael", "victor")
    _send(world, "mael", AnswerValues(line=victors[1].line, decision=Decision.DECLINE, reason=reason))


def _let_in(world: World) -> None:
    """Let Rana open its items to an auditor, and ask the operator for help."""
    purposes = [world.word(f"rana: {kind}: purpose", "rana") for kind in ("audit", "case")]
    world.words.give(f"{purposes[0]} {world.word('rana: organization')}", "auditor")  # it is invited by mail
    world.words.give(world.address("auditor"), "rana")  # who wrote it
    with looking_as(world.firms["rana"]):
        disclosure.open_audit(world.firms["rana"], email=world.address("auditor"), purpose=purposes[0], days=9)
        disclosure.open_case(world.firms["rana"], purpose=purposes[1], days=9)


def _tier_two(world: World) -> None:
    rana = world.checked("rana", _join(world, "rana", "ID"))
    with looking_as(rana):
        tasks = read.tasks(rana)
    _send(world, "rana", _answer(world, "rana", tasks[0], "first oil", _invite(world, "rana", "gita")))
    _send(world, "rana", _answer(world, "rana", tasks[1], "second oil", _invite(world, "rana", "gita")))
    line = _line(world, "rana", "seeds")
    asked = LineAsked(line, _contact(world, "rana", "hugo"), world.word("rana to hugo: reference", "rana", "hugo"))
    with looking_as(rana):
        actions.ask(rana, lines=[asked], purpose=Purpose.TRACEABILITY, due_on=clock.today() + timedelta(days=9))


def _tier_three(world: World) -> None:
    gita = world.checked("gita", _join(world, "gita", "MY"))
    with looking_as(gita):
        first, second = read.tasks(gita)
        content = {"name": world.word("gita: draft: name", "gita"), "site_town": world.word("gita: draft", "gita")}
        actions.save_draft(gita, line=second.line, content=content)
    _send(world, "gita", _answer(world, "gita", first, "fruit"))


def _join(world: World, key: str, country: str) -> Viewer:
    return actions.join(
        token=world.token(key, "invitation"),
        person_name=f"{key.title()} {world.word(f'{key}: person', key)}",
        organization_name=f"Works {world.word(f'{key}: organization', key)}",
        country=country,
        language="en",
    )


def _is_of(world: World, task: Task, key: str) -> bool:
    return world.word(f"{key}: organization") in task.asker.organization


def _invite(world: World, key: str, whom: str) -> SourceValues:
    said = {part: world.word(f"{key}'s book: {whom}: {part}", key, whom) for part in ("name", "person")}
    world.words.give(world.address(whom), key)
    return SourceValues(SourceKind.INVITE, email=world.address(whom), country="ID", language="en", **said)


def _answer(world: World, key: str, task: Task, item: str, *sources: SourceValues) -> AnswerValues:
    def said(part: str, *readers: str) -> str:
        return world.word(f"{key}: {item}: {part}", key, *readers)

    readers = {each for each in world.mails if any(world.mails[each] == source.email for source in sources)}
    inputs = (InputValues(said("input", *readers), sources, stock_weeks=7, switch_months=5),) if sources else ()
    return AnswerValues(
        line=task.line,
        name=said("name"),
        reference=said("reference"),
        step="refining",
        family="palm",
        country="IT",
        site_name=said("site"),
        site_town=said("town"),
        site_country="IT",
        chain_end="" if sources else "origin_reached",
        certificates=(CertificateValues("rspo", said("certificate"), date(2027, 1, 1)),),
        inputs=inputs,
    )


def _send(world: World, key: str, answer: AnswerValues) -> None:
    with looking_as(world.firms[key]):
        actions.send_answer(world.firms[key], answers=[answer])


def _claims(world: World) -> None:
    """Claire claims a path above a line of her own, by names that are also those of firms who are there."""
    places = tuple(
        PlaceDraft(
            firm=world.word(f"claire's claim: {part}: firm", "claire"),
            facility=world.word(f"claire's claim: {part}: site", "claire"),
            town=world.word(f"claire's claim: {part}: town", "claire"),
            country="ID",
        )
        for part in ("trader", "mill")
    )
    line = _line(world, "claire", "line with claims")
    with looking_as(world.firms["claire"]):
        bring_paths(world.firms["claire"], [PathDraft(row=2, places=places)], line=line)


def _people(world: World) -> None:
    claire = world.firms["claire"]
    for key, role in (("remi", Role.READER), ("lea", Role.CONTRIBUTOR)):
        with looking_as(claire):
            invite_colleague(claire, email=world.address(key), role=role, language="fr")
        world.words.give(world.address(key), "claire")
    name = f"Rémi {world.word('remi: person', 'claire')}"
    world.remi = join_by_link(token=world.token("remi", "join"), name=name, password=None, language="fr")


def _grants(world: World) -> None:
    """Maël and Rana agree to be known by name to those who asked, above Claire's line; above Victor's nothing is."""
    mael, rana = world.firms["mael"], world.firms["rana"]
    name = world.word("rana: first oil: name")
    with looking_as(rana):
        oil = next(item for item, said in _items(rana) if said == name)
        disclosure.grant(
            rana, covers=Covers.IDENTITY, audience=Audience.REQUESTERS, level=Level.NAMED, subject=Subject(item=oil)
        )
    with looking_as(mael):
        maels = next(item for item, said in _items(mael) if said == world.word("mael: item for claire: name"))
        disclosure.grant(
            mael, covers=Covers.SOURCING, audience=Audience.REQUESTERS, level=Level.NAMED, subject=Subject(item=maels)
        )


def _askings(world: World) -> None:
    """Claire asks who stands, nameless, above Rana's mill: Rana and Gita are asked, each for itself."""
    claire = world.firms["claire"]
    with looking_as(claire):
        place = next(each.ref for each in sight.view(claire).places if each.mark is Mark.NAMELESS)
        ask_for_more(claire, place, purpose=world.word("claire asks for more: purpose", "claire"))


def _items(viewer: Viewer) -> list[tuple[str, str]]:
    return list(Item.objects.filter(owner_id=viewer.organization_id).values_list("public_id", "name"))


def _programs(world: World) -> None:
    """Claire and Maël let programs in, and have addresses called."""
    for key in ("claire", "mael"):
        make_token(world.firms[key], name=world.word(f"{key}: token: name", key), scopes=["lines:read"], days=90)
        hook, _secret = register_hook(
            world.firms[key], url=f"https://hooks.example/{world.word(f'{key}: hook: address', key)}"
        )
        try_hook(world.firms[key], hook)


def _decisions(world: World) -> None:
    """Claire proposes to the members that they see at least the name of firms of palm; Victor votes."""
    reason = world.word("proposal: reason", "claire", "victor", "ines")
    proposal = consortia.propose(
        world.firms["claire"],
        world.consortium,
        kind="charter",
        change=CharterChange(floors=(FloorChoice("palm", 3),)),
        reason=reason,
        in_force_on=clock.today() + timedelta(days=40),
    )
    consortia.vote(world.firms["victor"], world.consortium, proposal=proposal, say="no")
