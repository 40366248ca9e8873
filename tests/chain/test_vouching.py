"""A buyer vouches for its direct supplier, and for nobody else."""

import pytest

from amont.chain.actions.vouching import vouch
from amont.disclosure.guard import looking_as
from amont.kernel.errors import Denied, NotKnown
from amont.kernel.viewer import Role, Viewer
from amont.parties.actions import open_account
from amont.parties.models import Organization

pytestmark = pytest.mark.django_db


def _viewer(name: str) -> Viewer:
    return open_account(
        email=f"{name}@firm.example", person_name=name, organization_name=name, country="FR", language="fr"
    )


def test_nobody_vouches_for_a_firm_that_does_not_supply_it() -> None:
    buyer, stranger = _viewer("claire"), _viewer("mael")
    with looking_as(buyer), pytest.raises(NotKnown):
        vouch(buyer, Organization.objects.get(pk=stranger.organization_id).public_id)
    assert Organization.objects.get(pk=stranger.organization_id).checked_by == "none"


def test_a_reader_cannot_vouch() -> None:
    buyer = _viewer("claire")
    reader = Viewer(buyer.organization_id, buyer.person_id, Role.READER)
    with looking_as(reader), pytest.raises(Denied):
        vouch(reader, "anything")
