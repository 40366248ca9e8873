"""Who was given which word: plain ownership and addressing, read from the tables, and the naive reading of the rule.

Nothing here asks the product who may see what.
"""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from amont.catalogue.models import Item, Site
from amont.chain.models import ClaimedPlace, Contact, Input, Invitation, Link, RequestMark, Source
from amont.consortia.models import Charter, Consortium, Participation, Seat
from amont.disclosure.models import Consent, Grant
from amont.disclosure.unsealed import unsealed
from amont.evidence.models import Certificate, Document, Reliance
from amont.kernel import clock
from amont.parties.models import ColleagueInvitation, Organization, Person
from amont.requests.models import ColleagueAsked, Request, RequestLine
from disclosure import naive
from world.build import World

FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def give_all(world: World) -> None:
    """Give every reader what is its due."""
    with unsealed("a test reads everything, to know who may"):
        _by_owning(world)
        _by_asking(world)
        _by_asking_for_more(world)
        _by_consortium(world)
        _by_colleagues(world)
        _by_the_rule(world)


def keys(world: World) -> dict[int, str]:
    """Return the key of each firm by its row."""
    return {viewer.organization_id: key for key, viewer in world.firms.items()}


def _by_asking(world: World) -> None:
    """The asked reads who asks, for what, and what is written to it; the asker reads what is said to it."""
    firm = keys(world)
    people, contacts = {row.pk: row for row in Person.objects.all()}, {row.pk: row for row in Contact.objects.all()}
    firms = {row.pk: row for row in Organization.objects.all()}
    addressed = {row.pk: row.email for row in Invitation.objects.all()}
    for row in Request.objects.all():
        asked = firm.get(row.supplier_id or 0) or _reader(world, addressed[row.invitation_id or 0])
        person, contact = people[row.asked_by_id or 0], contacts[row.contact_id]
        said = (firms[row.asker_id].name, person.name, person.email, row.message, contact.name, contact.person)
        for text in (*said, contact.email, Consortium.objects.get(pk=row.consortium_id).name):
            world.words.give(text, asked)
        for line in RequestLine.objects.filter(request_id=row.pk):
            world.words.give(line.reference, asked)
            world.words.give(line.reason, firm[row.asker_id])


def _by_asking_for_more(world: World) -> None:
    """Who is asked for more reads who asks, and why; the asked are asked each for itself."""
    firm = keys(world)
    firms = {row.pk: row for row in Organization.objects.all()}
    for row in Consent.objects.all():
        world.words.give(f"{firms[row.asker_id].name} {row.purpose}", firm[row.owner_id])


def _by_colleagues(world: World) -> None:
    """Who is invited by a colleague reads by whom, and into which firm; who is asked one question, about what."""
    for row in ColleagueInvitation.objects.all():
        inviter = row.invited_by
        for text in (row.organization.name, inviter.name if inviter else "", inviter.email if inviter else ""):
            world.words.give(text, _reader(world, row.email))
    for asked in ColleagueAsked.objects.select_related("asked_by", "owner", "item", "site"):
        person, about = asked.asked_by, asked.item or asked.site
        told = (asked.owner.name, *((person.name, person.email) if person else ()), about.name if about else "")
        for text in told:
            world.words.give(text, _reader(world, asked.email))


def _reader(world: World, address: str) -> str:
    return next(key for key, mail in world.mails.items() if mail == address)


def _by_consortium(world: World) -> None:
    """Whoever takes part reads the consortium's name and who coordinates it; members read the members.

    Who is offered a seat reads who offers it.
    """
    firm = keys(world)
    firms = {row.pk: row for row in Organization.objects.all()}
    parts = list(Participation.objects.all())
    members = [row for row in parts if row.is_member or row.is_coordinator]
    for row in parts:
        world.words.give(row.consortium.name, firm[row.organization_id])
        for other in parts:
            if other.is_coordinator:
                world.words.give(firms[other.organization_id].name, firm[row.organization_id])
        if row in members:
            for other in members:
                world.words.give(firms[other.organization_id].name, firm[row.organization_id])
    for seat in Seat.objects.all():
        offered = Person.objects.get(pk=seat.offered_by_id)
        said = (seat.consortium.name, firms[seat.offered_for_id or 0].name, offered.name, offered.email)
        for text in said:
            world.words.give(text, _reader(world, seat.email))


def _by_the_rule(world: World) -> None:
    """What the naive reading of the rule names, each firm reads: firm, item, site, town, certificates, inputs."""
    told, at = as_world(), (clock.now() + timedelta(minutes=1)).strftime(FORMAT)
    inputs = defaultdict(list)
    for row in Input.objects.all():
        inputs[str(row.item_id)].append(row.name)
    ids = {str(row.pk): row.public_id for row in Item.objects.all()}
    papers = _papers(world)
    for pk, key in keys(world).items():
        for place in naive.view(told, str(pk), at)["named"]:
            item, site = place["ref"].removeprefix("item:"), place["site"] or {"name": "", "town": ""}
            said = [place["organization"], place["name"], site["name"], site["town"] or "", ids[item]]
            for text in (*said, *(each["number"] or "" for each in place["certificates"]), *inputs[item]):
                world.words.give(text, key)
            for text in papers[item] if place["level"] == 4 else ():
                world.words.give(text, key)


def _papers(world: World) -> dict[str, list[str]]:
    """Return, for each item, the words of the documents beside it and beside the certificates that it relies on."""
    found = defaultdict(list)
    relied = [(row.item_id, row.certificate_id) for row in Reliance.objects.all()]
    for row in Document.objects.all():
        said = [row.public_id, row.name]
        said += [word for word, meaning in world.words.meaning.items() if _is_content_of(world, row.name, meaning)]
        for item in [row.item_id, *(item for item, held in relied if held == row.certificate_id)]:
            found[str(item)] += said
    return found


def _is_content_of(world: World, name: str, meaning: str) -> bool:
    beside = world.words.meaning[name.partition(".")[0]]
    return meaning == beside.removesuffix("name") + "content"


def _by_owning(world: World) -> None:
    """The random ids of what a firm owns are its own as well: in no view but where a name stands beside them."""
    firm = keys(world)
    for table in (Item, Contact, Source, Input, ClaimedPlace, Certificate, Document, Site, Grant):
        for pk, owner, public_id in table.objects.values_list("pk", "owner_id", "public_id"):
            world.words.call(public_id, f"{firm[owner]}: id of {table.__name__} {pk}", firm[owner])


def as_world() -> dict[str, Any]:
    """Return what stands in the tables as a world of the rule's own format, row numbers as keys."""
    charter = Charter.objects.get(proposal=None)
    members = set(Participation.objects.filter(is_member=True).values_list("organization_id", flat=True))
    return {
        "consortium": {
            "name": "",
            "defaults": {name: getattr(charter, name) for name in ("customers", "requesters", "chain")},
            "floors": [
                {"family": row.family, "level": row.level, "from": row.holds_from.strftime(FORMAT)}
                for row in charter.floors.all()
            ],
        },
        "organizations": [
            {"key": str(row.pk), "name": row.name, "country": row.country, "member": row.pk in members}
            for row in Organization.objects.all()
        ],
        "items": [_item(row) for row in Item.objects.all()],
        "links": [
            {
                "key": str(row.pk),
                "buyer_item": str(row.buyer_item_id),
                "supplier_item": str(row.supplier_item_id),
                "status": row.status,
                **({"accepted": row.accepted_at.strftime(FORMAT)} if row.accepted_at else {}),
            }
            for row in Link.objects.all()
        ],
        "requests": [
            {"link": str(row.link_id), "status": row.status, "passed": row.passed} for row in RequestMark.objects.all()
        ],
        "grants": [_grant(row) for row in Grant.objects.all()],
    }


def _item(row: Item) -> dict[str, Any]:
    site = Site.objects.filter(pk=row.site_id or 0).first()
    relied = list(Reliance.objects.filter(item_id=row.pk).values_list("certificate_id", flat=True))
    return {
        "key": str(row.pk),
        "organization": str(row.owner_id),
        "name": row.name,
        **({"site": {"name": site.name, "town": site.town}} if site else {}),
        "certificates": [
            {"scheme": each.scheme, "number": each.number} for each in Certificate.objects.filter(pk__in=relied)
        ],
    }


def _grant(row: Grant) -> dict[str, Any]:
    audience: object = row.audience
    if row.audience_organization_id:
        audience = {"organization": str(row.audience_organization_id)}
    about = {"item": row.item_id, "link": row.link_id}
    times = {"from": row.starts_at, "until": row.until_at, "revoked": row.revoked_at}
    return {
        "grantor": str(row.owner_id),
        "covers": row.covers,
        "audience": audience,
        "level": row.level,
        **{name: str(key) for name, key in about.items() if key},
        **{name: at.strftime(FORMAT) for name, at in times.items() if at},
    }
