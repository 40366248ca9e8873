"""What firms do, by the product's public actions: chosen once from what is there, done again by the same words.

Each act is a pair: one chooses its words (public ids, addresses, tokens), or None where there is nothing to do; the
other does it. Words hold no row's number, so that an act can be done in a history in which others did not happen.
"""

import random
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from amont.catalogue.facts import LineDraft
from amont.catalogue.models import Item
from amont.chain.actions.lines import bring_lines
from amont.chain.facts_book import ContactDraft, SupplierDraft
from amont.chain.facts_inputs import InputValues, SourceKind, SourceValues
from amont.chain.models import Source
from amont.consortia import actions as consortia
from amont.consortia.models import Consortium, Seat
from amont.disclosure import actions as disclosure
from amont.disclosure.actions import Subject
from amont.disclosure.levels import Audience, Covers, Level
from amont.disclosure.models import Consent, Grant
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.viewer import Role, Viewer
from amont.parties import actions as parties
from amont.parties.models import Organization, Person
from amont.post.models import Mail
from amont.requests import actions as requests
from amont.requests import read
from amont.requests.facts import AnswerValues, LineAsked, Purpose
from amont.requests.models import Request
from amont.sight.actions import ask_for_more
from amont.sight.cut.whole import whole

Dice = random.Random
Words = dict[str, Any]
Choose = Callable[[Viewer, Dice], Words | None]
Do = Callable[..., object]
NEW = tuple(f"new{number}@nowhere.example" for number in range(1, 5))
COUNTRIES, STEPS, FAMILIES = ("FR", "MY", "ID"), ("refining", "milling", "blending"), ("palm", "mica", "shea")
LINK = re.compile(r"/invitation/([a-z0-9]{52})/")
TOKEN = re.compile(r"/([\w:.=-]{20,})/?\s")


def addresses(dice: Dice) -> str:
    """Return an address to write to: of somebody who may have an account, or of nobody yet."""
    known = list(Person.objects.order_by("email").values_list("email", flat=True))
    return dice.choice([*known, *NEW])


def one(rows: Any, dice: Dice) -> Any:
    """Return one of some rows, in an order that no row's number makes."""
    found = sorted(rows, key=lambda row: row.public_id)
    return dice.choice(found) if found else None


def mailed(address: str, pattern: re.Pattern[str]) -> str:
    """Return the secret in the newest mail to an address that holds one, "" if none does."""
    texts = Mail.objects.filter(to=address).order_by("-pk").values_list("text", flat=True)
    return next((found[-1] for text in texts if (found := pattern.findall(text + "\n"))), "")


# --- lines, and asking about them


def choose_bring(_viewer: Viewer, dice: Dice) -> Words:
    number = dice.randrange(6)
    return {"name": f"Line {number}", "family": dice.choice(FAMILIES), "firm": f"Book {dice.randrange(4)}"}


def bring(viewer: Viewer, *, name: str, family: str, firm: str) -> object:
    return bring_lines(viewer, [LineDraft(1, name=name, family=family)], {1: SupplierDraft(ContactDraft(1, name=firm))})


def choose_ask(viewer: Viewer, dice: Dice) -> Words | None:
    sources = Source.objects.filter(owner_id=viewer.organization_id, contact__isnull=False, asked_at=None)
    row = dice.choice(sorted(sources, key=lambda each: each.created_at.isoformat())) if sources else None
    if row is None:
        return None
    with unsealed("a test chooses"):
        item, contact = row.input.item.public_id, row.contact.public_id
    return {"item": item, "contact": contact, "email": addresses(dice)}


def ask(viewer: Viewer, *, item: str, contact: str, email: str) -> object:
    line = LineAsked(item, contact, email=email, language="en")
    due = clock.today() + timedelta(days=40)
    return requests.ask(viewer, lines=[line], purpose=Purpose.VIGILANCE, due_on=due).lines


def choose_request(viewer: Viewer, dice: Dice) -> Words | None:
    row = one(Request.objects.filter(asker_id=viewer.organization_id), dice)
    return {"request": row.public_id} if row else None


def cancel(viewer: Viewer, *, request: str) -> object:
    return requests.cancel(viewer, request=request)


def resend(viewer: Viewer, *, request: str) -> object:
    return requests.resend(viewer, request=request)


def choose_line(viewer: Viewer, dice: Dice) -> Words | None:
    row = one(Item.objects.filter(owner_id=viewer.organization_id, is_bought=True), dice)
    return {"line": row.public_id} if row else None


def end_line(viewer: Viewer, *, line: str) -> object:
    return requests.end_line(viewer, line)


# --- who is invited


def choose_invited(_viewer: Viewer, dice: Dice) -> Words | None:
    """An address of nobody yet that was written to: its newest link."""
    told = [address for address in NEW if mailed(address, LINK)]
    if not told:
        return None
    address = dice.choice(told)
    return {"token": mailed(address, LINK), "name": f"Firm {address[:4]}", "country": dice.choice(COUNTRIES)}


def join(_viewer: Viewer, *, token: str, name: str, country: str) -> object:
    made = requests.join(token=token, person_name="New", organization_name=name, country=country, language="en")
    Organization.objects.filter(pk=made.organization_id).update(checked_by="letter")
    return "joined"


def begin(_viewer: Viewer, *, token: str, **_: str) -> object:
    return requests.begin(token)


def decline(_viewer: Viewer, *, token: str, name: str, **_: str) -> object:
    return requests.decline_invitation(token, reason=f"{name} does not")


def choose_forward(viewer: Viewer, dice: Dice) -> Words | None:
    found = choose_invited(viewer, dice)
    return found and {"token": found["token"], "email": addresses(dice)}


def forward(_viewer: Viewer, *, token: str, email: str) -> object:
    return requests.forward(token, email=email, language="en")


def choose_accept(viewer: Viewer, dice: Dice) -> Words | None:
    waiting = sorted(each.invitation for each in read.invitations_to(viewer))
    return {"invitation": dice.choice(waiting)} if waiting else None


def accept(viewer: Viewer, *, invitation: str) -> object:
    return requests.accept_invitation(viewer, invitation=invitation)


# --- answering


def choose_answer(viewer: Viewer, dice: Dice) -> Words | None:
    tasks = sorted(read.tasks(viewer), key=lambda each: each.line)
    if not tasks:
        return None
    own = one(Item.objects.filter(owner_id=viewer.organization_id, is_bought=False), dice)
    sources = []
    for number in range(dice.choice((0, 1, 1, 2))):
        kind = dice.choice((SourceKind.INVITE, SourceKind.INVITE, SourceKind.STATED))
        more = {"email": addresses(dice), "language": "en"} if kind is SourceKind.INVITE else {}
        sources.append({"kind": kind, "name": f"Mill {dice.randrange(3)}{number}", "country": "MY", **more})
    found = {"line": dice.choice(tasks).line, "item": own.public_id if own and dice.random() < 0.4 else ""}
    facts = {"step": dice.choice(STEPS), "family": dice.choice(FAMILIES), "country": dice.choice(COUNTRIES)}
    return {**found, **facts, "name": f"Made {dice.randrange(9)}", "sources": sources}


def answer(viewer: Viewer, *, sources: list[Words], **told: Any) -> object:
    inputs = (InputValues("oil", tuple(SourceValues(**each) for each in sources)),) if sources else ()
    end = "" if sources else "origin_reached"
    sent = requests.send_answer(viewer, answers=[AnswerValues(inputs=inputs, chain_end=end, **told)])
    return len(sent.items), len(sent.requests)


def choose_task(viewer: Viewer, dice: Dice) -> Words | None:
    tasks = sorted(each.line for each in read.tasks(viewer))
    return {"line": dice.choice(tasks)} if tasks else None


def decline_line(viewer: Viewer, *, line: str) -> object:
    return requests.decline_line(viewer, line=line, reason="not ours")


# --- deciding who sees what


def choose_grant(viewer: Viewer, dice: Dice) -> Words:
    item = one(Item.objects.filter(owner_id=viewer.organization_id), dice) if dice.random() < 0.5 else None
    return {
        "covers": dice.choice(list(Covers)),
        "audience": dice.choice((Audience.CUSTOMERS, Audience.REQUESTERS, Audience.REQUESTERS, Audience.CHAIN)),
        "level": dice.choice(list(Level)),
        "item": item.public_id if item else "",
        "days": dice.choice((0, 0, 3)),
    }


def grant(viewer: Viewer, *, item: str, days: int, **told: Any) -> object:
    until = clock.now() + timedelta(days=days) if days else None
    return disclosure.grant(viewer, subject=Subject(item=item), until_at=until, **told).public_id


def choose_revoke(viewer: Viewer, dice: Dice) -> Words | None:
    row = one(Grant.objects.filter(owner_id=viewer.organization_id, revoked_at=None), dice)
    return {"grant": row.public_id} if row else None


def revoke(viewer: Viewer, *, grant: str) -> object:
    return disclosure.revoke(viewer, grant)


def choose_more(viewer: Viewer, dice: Dice) -> Words | None:
    places = sorted(whole(viewer).nameless)
    return {"place": dice.choice(places)} if places else None


def more(viewer: Viewer, *, place: str) -> object:
    return ask_for_more(viewer, place, purpose="an audit")


def choose_consent(viewer: Viewer, dice: Dice) -> Words | None:
    row = one(Consent.objects.filter(owner_id=viewer.organization_id), dice)
    return {"consent": row.public_id, "yes": dice.random() < 0.8} if row else None


def consent(viewer: Viewer, *, consent: str, yes: bool) -> object:
    return disclosure.say(viewer, consent, yes=yes)


# --- people, the consortium, and looking


def choose_colleague(_viewer: Viewer, dice: Dice) -> Words:
    return {"email": dice.choice([addresses(dice), f"colleague{dice.randrange(3)}@nowhere.example"])}


def colleague(viewer: Viewer, *, email: str) -> object:
    return parties.invite_colleague(viewer, email=email, role=Role.READER, language="en")


def choose_offer(_viewer: Viewer, dice: Dice) -> Words:
    return {"firm": f"Seat {dice.randrange(3)}", "email": addresses(dice)}


def offer(viewer: Viewer, *, firm: str, email: str) -> object:
    return consortia.offer_seat(viewer, Consortium.objects.get().public_id, firm=firm, email=email, language="en")


def choose_seat(_viewer: Viewer, dice: Dice) -> Words | None:
    """A seat offered to an address of nobody yet."""
    told = sorted(Seat.objects.filter(email__in=NEW, used_at=None).values_list("email", flat=True))
    if not told:
        return None
    address = dice.choice(told)
    texts = Mail.objects.filter(to=address, cause__contains=" seat ").order_by("-pk").values_list("text", flat=True)
    found = [token for text in texts for token in TOKEN.findall(text + "\n")]
    return {"token": found[0], "name": f"Seat of {address[:4]}"} if found else None


def take_seat(_viewer: Viewer, *, token: str, name: str) -> object:
    viewer, _facts = consortia.open_account_and_take_seat(
        token, person_name="New", organization_name=name, country="FR", language="en"
    )
    Organization.objects.filter(pk=viewer.organization_id).update(checked_by="coordinator")
    return "taken"


def choose_look(viewer: Viewer, dice: Dice) -> Words:
    row = one(Item.objects.filter(owner_id=viewer.organization_id), dice)
    pages = ["/lines/", "/who/", "/tasks/", *([f"/lines/{row.public_id}/"] * 4 if row else [])]
    return {"page": dice.choice(pages)}


def look(viewer: Viewer, *, page: str) -> object:
    """Open a page, which writes into access logs what it tells."""
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(pk=viewer.person_id))
    return client.get(page).status_code


ACTS: dict[str, tuple[Choose, Do, int]] = {
    "bring": (choose_bring, bring, 2),
    "ask": (choose_ask, ask, 4),
    "cancel": (choose_request, cancel, 1),
    "resend": (choose_request, resend, 1),
    "end a line": (choose_line, end_line, 1),
    "begin": (choose_invited, begin, 1),
    "join": (choose_invited, join, 5),
    "decline an invitation": (choose_invited, decline, 1),
    "forward": (choose_forward, forward, 2),
    "accept": (choose_accept, accept, 6),
    "answer": (choose_answer, answer, 7),
    "decline a line": (choose_task, decline_line, 1),
    "grant": (choose_grant, grant, 4),
    "revoke": (choose_revoke, revoke, 3),
    "ask for more": (choose_more, more, 3),
    "consent": (choose_consent, consent, 4),
    "invite a colleague": (choose_colleague, colleague, 1),
    "offer a seat": (choose_offer, offer, 1),
    "take a seat": (choose_seat, take_seat, 2),
    "look": (choose_look, look, 3),
}
"""Each with how often it is tried."""
