"""The people of the stories: members, and suppliers who come by the mails that they get."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from amont.catalogue.models import Item
from amont.chain.actions.sources import sources_for
from amont.chain.facts_inputs import InputValues, SourceKind, SourceValues
from amont.chain.models import Contact
from amont.consortia.actions import found
from amont.consortia.models import Consortium, Participation
from amont.disclosure.guard import Guarded, looking_as
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account
from amont.post.models import Mail
from amont.requests import actions, read
from amont.requests.facts import AnswerValues, Asked, LineAsked, Purpose, Task

M = TypeVar("M", bound=Guarded)
LINK = re.compile(r"/invitation/([a-z0-9]{52})/")


@dataclass(frozen=True)
class Firm:
    viewer: Viewer
    name: str
    email: str


def member(name: str, consortium: str = "") -> Firm:
    """Open a firm's account; the first founds the consortium, others (its public id) join as members."""
    email = f"anna@{folded(name).replace(' ', '')}.example"
    viewer = open_account(
        email=email, person_name="Anna", organization_name=name, country="FR", language="fr", password=None
    )
    if consortium:
        row = Consortium.objects.get(public_id=consortium)
        Participation.objects.create(consortium=row, organization_id=viewer.organization_id, is_member=True)
    else:
        found(viewer, name="Test consortium", template="cosmetics")
    return Firm(viewer, name, email)


def consortium() -> str:
    return Consortium.objects.get().public_id


def line(firm: Firm, name: str, supplier: str, email: str, *, country: str = "IT") -> LineAsked:
    """Bring one bought line and the contact that supplies it."""
    with looking_as(firm.viewer):
        item, _made = Item.objects.get_or_create(
            owner_id=firm.viewer.organization_id, name=name, defaults={"is_bought": True, "family": "palm"}
        )
        contact, _made = Contact.objects.get_or_create(
            owner_id=firm.viewer.organization_id,
            folded=folded(supplier),
            country=country,
            defaults={"name": supplier, "email": email, "language": "en"},
        )
        sources_for(firm.viewer, [(item, contact)])
    return LineAsked(item.public_id, contact.public_id)


def ask(firm: Firm, *lines: LineAsked) -> Asked:
    with looking_as(firm.viewer):
        return actions.ask(
            firm.viewer, lines=lines, purpose=Purpose.VIGILANCE, due_on=clock.today() + timedelta(days=30)
        )


def mails(email: str) -> list[str]:
    return list(Mail.objects.filter(to=email).order_by("pk").values_list("text", flat=True))


def token(email: str) -> str:
    """Read the last mail to this address as a person would, and return the secret of its link."""
    found = LINK.findall("\n".join(mails(email)))
    assert found, f"no link was mailed to {email}"
    return str(found[-1])


def join(email: str, name: str, country: str = "IT") -> Firm:
    viewer = actions.join(
        token=token(email), person_name="Bruno", organization_name=name, country=country, language="en"
    )
    return Firm(viewer, name, email)


def tasks(firm: Firm) -> tuple[Task, ...]:
    with looking_as(firm.viewer):
        return read.tasks(firm.viewer)


def invite(name: str, email: str, country: str = "MY") -> SourceValues:
    return SourceValues(SourceKind.INVITE, name=name, email=email, country=country, language="en")


def answer(firm: Firm, task: Task, *sources: SourceValues, item: str = "", end: str = "") -> AnswerValues:
    inputs = (InputValues("palm oil", tuple(sources)),) if sources else ()
    return AnswerValues(
        line=task.line,
        item=item,
        name=f"{task.reference} of {firm.name}",
        step="refining",
        family="palm",
        country="IT",
        chain_end="" if sources else end or "origin_reached",
        inputs=inputs,
    )


def send(firm: Firm, *answers: AnswerValues) -> None:
    with looking_as(firm.viewer):
        actions.send_answer(firm.viewer, answers=answers)


def all_rows(model: type[M]) -> list[M]:
    with unsealed("a test looks at everything"):
        return list(model.objects.order_by("pk"))


def stated(name: str, country: str) -> SourceValues:
    return SourceValues(SourceKind.STATED, name=name, country=country)
