"""Founding a network, joining it, allowing categories."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock, ids
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization
from amont.purchasing import may
from amont.purchasing.facts import CategoryDraft
from amont.purchasing.models import Category, Network, Participant

_NAME, _REASON = 200, 600
_CODES = {"cpv": re.compile(r"\d{8}(-\d)?"), "unspsc": re.compile(r"\d{8}")}


@transaction.atomic
def found(viewer: Viewer, *, name: str) -> str:
    """Found a network that the viewer's organization runs and buys in; return its public id.

    An organization founds one network of a name: a second time the first is returned. Raises `Denied`, `Refused` at
    "name".
    """
    may.administer(viewer)
    name = name.strip()
    if not name or len(name) > _NAME:
        raise Refused({"name": [_("Give the network a name, of 200 characters at most.")]})
    Organization.objects.select_for_update(of=("self",)).get(pk=viewer.organization_id)
    there = Participant.objects.filter(
        organization_id=viewer.organization_id, is_operator=True, network__name=name
    ).select_related("network")
    known = there.first()
    if known is not None:
        return known.network.public_id
    network = Network.objects.create(name=name, founded_at=clock.now())
    Participant.objects.create(
        network=network, organization_id=viewer.organization_id, is_operator=True, joined_at=clock.now()
    )
    ledger.append(viewer, "found_network", about=network.public_id)
    return network.public_id


@transaction.atomic
def join(viewer: Viewer, token: str, *, sells: bool = False) -> str:
    """Join, as a buyer or as a vendor, the network whose joining link the viewer holds; return its public id.

    Who takes part already stays as it is. Raises `Denied`, `NotKnown` for a link that is none (any more).
    """
    may.administer(viewer)
    network = Network.objects.filter(joining=token).first()
    if network is None:
        raise NotKnown
    _part, made = Participant.objects.get_or_create(
        network=network,
        organization_id=viewer.organization_id,
        defaults={"is_buyer": not sells, "is_vendor": sells, "joined_at": clock.now()},
    )
    if made:
        ledger.append(viewer, "join_network", about=network.public_id)
    return network.public_id


@transaction.atomic
def renew_link(viewer: Viewer, network: str) -> None:
    """Make the joining link stop working, and another work. Raises `NotKnown`, `Denied`."""
    part = may.operate(viewer, network)
    Network.objects.filter(pk=part.network_id).update(joining=ids.new_token())
    ledger.append(viewer, "renew_joining", about=network)


@transaction.atomic
def allow_category(viewer: Viewer, network: str, given: CategoryDraft) -> str:
    """Allow a category to be bought together, or review it anew; return its public id.

    Everything that is not allowed is denied. Raises `NotKnown`, `Denied` to who does not run the network, `Refused` at
    the field.
    """
    part = may.operate(viewer, network)
    wrong = _troubles(given)
    if wrong:
        raise Refused(wrong)
    row, _made = Category.objects.update_or_create(
        network_id=part.network_id,
        scheme=given.scheme,
        code=given.code.strip(),
        defaults={
            "label": given.label.strip(),
            "reason": given.reason.strip(),
            "reviewer": given.reviewer.strip(),
            "review_on": given.review_on,
            "buying_percent": given.buying_percent,
            "selling_percent": given.selling_percent,
            "share_source": given.share_source.strip()[:300],
            "legal_opinion": given.legal_opinion.strip()[:_REASON],
            "allowed_at": clock.now(),
        },
    )
    ledger.append(viewer, "allow_category", about=row.public_id)
    return row.public_id


def _troubles(given: CategoryDraft) -> dict[str, list[object]]:
    texts = {"label": (given.label, _NAME), "reason": (given.reason, _REASON), "reviewer": (given.reviewer, _NAME)}
    wrong: dict[str, list[object]] = {
        field: [_("Fill this in.")] for field, (text, most) in texts.items() if not 0 < len(text.strip()) <= most
    }
    if given.scheme not in _CODES or not _CODES[given.scheme].fullmatch(given.code.strip()):
        wrong["code"] = [_("Enter a CPV code such as 30192000-1, or a UNSPSC code such as 44120000.")]
    if given.review_on <= clock.today():
        wrong["review_on"] = [_("Choose a day to come.")]
    shares = {"buying_percent": given.buying_percent, "selling_percent": given.selling_percent}
    if any(share is not None for share in shares.values()) and not given.share_source.strip():
        wrong["share_source"] = [_("Say where these shares come from.")]
    for field, share in shares.items():
        if share is not None and not 0 <= share <= 100:  # noqa: PLR2004 - percents
            wrong[field] = [_("Enter a percentage from 0 to 100.")]
    return wrong
