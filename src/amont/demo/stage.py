"""Founding the consortium, seating its members, and bringing their article lines."""

import re
from dataclasses import dataclass

from amont.catalogue.read import lines as catalogue
from amont.chain.actions.claims import bring_paths
from amont.chain.actions.lines import bring_lines
from amont.consortia import actions as consortia
from amont.consortia.facts import CharterChoice, ConsortiumFacts, FloorChoice
from amont.consortia.lists import sector
from amont.demo.cast import COORDINATOR, Firm, firms
from amont.demo.lines import Bought, lines_of
from amont.demo.paths import known_paths
from amont.disclosure.guard import looking_as
from amont.kernel.clock import today
from amont.kernel.viewer import Viewer
from amont.parties import actions as parties
from amont.parties import read as parties_read
from amont.post import read as post

SOAP_LINE = "ORV-0156"
_TOKEN = re.compile(r"/([\w:.=-]{20,})/?\s")


@dataclass(frozen=True, slots=True)
class Stage:
    """The consortium, who coordinates it, and the viewers of its members by key of the cast."""

    consortium: ConsortiumFacts
    coordinator: Viewer
    members: dict[str, Viewer]


def token_mailed_to(address: str) -> str:
    """Return the token in the newest mail to an address: what its reader would click. Raises `LookupError`."""
    for letter in post.newest(most=400):
        if letter.to == address and (found := _TOKEN.search(letter.text + "\n")):
            return found.group(1)
    raise LookupError(address)


def founded(known: dict[str, Viewer]) -> Stage:
    """Found the consortium and let its 18 members take their seats; `known` are those who have an account already."""
    coordinator = parties.open_account(
        email=COORDINATOR,
        person_name="Ines Carvalho",
        organization_name="Secrétariat Filières en commun",
        country="FR",
        language="fr",
    )
    with looking_as(coordinator):
        consortium = consortia.found(
            coordinator, name="Filières en commun", template="cosmetics", charter=_charter(), joins_as_member=False
        )
        members = {
            firm.key: _seated(coordinator, consortium, firm, known.get(firm.key))
            for firm in firms().values()
            if firm.is_member
        }
    return Stage(consortium, coordinator, members)


def _charter() -> CharterChoice:
    proposal = sector("cosmetics").proposal
    return CharterChoice(
        floors=(FloorChoice("mica", 2),),
        families_at_risk=("palm", "mica", "shea", "vanilla", "cotton"),
        questions=proposal.questions,
        target_partners=100,
        target_lines=1500,
        target_on=today().replace(month=12, day=31),
    )


def _seated(coordinator: Viewer, consortium: ConsortiumFacts, firm: Firm, viewer: Viewer | None) -> Viewer:
    consortia.offer_seat(coordinator, consortium.public_id, firm=firm.name, email=firm.email, language=firm.language)
    token = token_mailed_to(firm.email)
    if viewer is not None:
        consortia.take_seat(viewer, token=token)
    else:
        viewer, _facts = consortia.open_account_and_take_seat(
            token,
            person_name=firm.person,
            organization_name=firm.name,
            country=firm.country,
            language=firm.language,
        )
    me = parties_read.me(viewer)
    consortia.check_member(coordinator, consortium.public_id, organization=me.organization if me else "")
    return viewer


def brought(member: Firm, viewer: Viewer) -> dict[str, Bought]:
    """Bring a member's article lines; return them by public id of the line."""
    bought = lines_of(member)
    with looking_as(viewer):
        bring_lines(viewer, [each.draft for each in bought], {each.draft.row: each.supplier for each in bought})
        by_reference = _own_lines(viewer)
        if member.key == "orvanne":
            bring_paths(viewer, known_paths(), line=by_reference[SOAP_LINE])
    return {by_reference[each.draft.reference]: each for each in bought}


def _own_lines(viewer: Viewer) -> dict[str, str]:
    first = catalogue.lines(viewer)
    pages = [first, *(catalogue.lines(viewer, page=number) for number in range(2, first.pages + 1))]
    return {line.reference: line.line for page in pages for line in page.rows}
