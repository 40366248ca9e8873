"""A coordinator confirms who a member is: once, in its own consortium, and nobody else does."""

import pytest

from amont.consortia import actions, read
from amont.consortia.facts import ConsortiumFacts
from amont.kernel.errors import Denied, NotKnown
from amont.kernel.viewer import Viewer
from amont.ledger.read import lines_of
from amont.parties.models import Organization
from consortia.conftest import last_token
from consortia.test_seats import Firm, _offer

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _checked_by(viewer: Viewer) -> str:
    return Organization.objects.get(pk=viewer.organization_id).checked_by


def _public_id(viewer: Viewer) -> str:
    return Organization.objects.get(pk=viewer.organization_id).public_id


@pytest.fixture
def nina(claire: Viewer, beauty: ConsortiumFacts, firm: Firm) -> Viewer:
    """Give a member besides the coordinator."""
    viewer = firm("nina")
    _offer(claire, beauty)
    actions.take_seat(viewer, token=last_token("seat"))
    return viewer


def test_the_coordinator_confirms_a_member_once(claire: Viewer, beauty: ConsortiumFacts, nina: Viewer) -> None:
    assert [each.is_checked for each in read.members(claire, beauty.public_id) if not each.is_me] == [False]
    actions.check_member(claire, beauty.public_id, organization=_public_id(nina))
    assert _checked_by(nina) == "coordinator"
    lines = lines_of(claire)
    actions.check_member(claire, beauty.public_id, organization=_public_id(nina))
    assert lines_of(claire) == lines
    assert [each.is_checked for each in read.members(claire, beauty.public_id) if not each.is_me] == [True]


def test_nobody_confirms_itself_nor_a_firm_that_is_no_member(
    claire: Viewer, beauty: ConsortiumFacts, nina: Viewer, firm: Firm
) -> None:
    stranger = firm("paul")
    for organization in (_public_id(claire), _public_id(stranger), "2" * 20):
        with pytest.raises(NotKnown):
            actions.check_member(claire, beauty.public_id, organization=organization)
    with pytest.raises(Denied):
        actions.check_member(nina, beauty.public_id, organization=_public_id(claire))
    with pytest.raises(NotKnown):
        actions.check_member(stranger, beauty.public_id, organization=_public_id(nina))
    assert {_checked_by(each) for each in (claire, nina, stranger)} == {"none"}
