"""What waits for the one who looks."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amont.consortia import read_decisions
from amont.consortia.facts import ProposalFacts
from amont.evidence import read as evidence
from amont.kernel.viewer import Viewer
from amont.requests import read as requests
from amont.requests.facts import InvitationState
from amont.sight.asking import questions
from amont.web.shell.menu import address

TO_ANSWER = frozenset({"open", "accepted"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do, in words, and the page where it is done (empty: none is routed)."""

    word: str
    url: str


def waiting(viewer: Viewer) -> list[Waiting]:
    """Return what waits: invitations to oneself, lines, questions of firms, votes, certificates, lost mails."""
    tasks = address("answer:tasks")
    found = [
        Waiting(_("%(firm)s invites you to answer") % {"firm": each.asker.organization}, tasks)
        for each in requests.invitations_to(viewer)
    ]
    number = sum(each.status in TO_ANSWER for each in requests.tasks(viewer))
    if number:
        said = ngettext("%(n)s line to answer", "%(n)s lines to answer", number)
        found.append(Waiting(said % {"n": number}, tasks))
    number = sum(each.asked.is_open and each.asked.said == "nothing" for each in questions(viewer))
    if number:
        said = ngettext("%(n)s firm asks to know more", "%(n)s firms ask to know more", number)
        found.append(Waiting(said % {"n": number}, address("share:asked")))
    found += [_to_vote(consortium, each) for consortium, each in read_decisions.waiting(viewer)]
    number = evidence.to_renew(viewer)
    if number:
        said = ngettext(
            "%(n)s certificate ends within 60 days or has ended: renew it",
            "%(n)s certificates end within 60 days or have ended: renew them",
            number,
        )
        found.append(Waiting(said % {"n": number}, address("proof:certificates")))
    number = sum(each.state is InvitationState.FAILED for each in requests.requests_sent(viewer))
    if number:
        said = ngettext(
            "%(n)s mail did not arrive: correct the address",
            "%(n)s mails did not arrive: correct the addresses",
            number,
        )
        found.append(Waiting(said % {"n": number}, address("ask:suppliers")))
    return found


def _to_vote(consortium: str, proposal: ProposalFacts) -> Waiting:
    said = _("A change is proposed: vote by %(day)s") % {"day": date_format(proposal.closes_at, "DATE_FORMAT")}
    return Waiting(said, address("decide:proposal", consortium, proposal.proposal))
