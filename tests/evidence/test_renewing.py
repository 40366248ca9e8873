"""Renewing a certificate: nobody who sees less than the name can time it."""

from datetime import timedelta

import pytest

from amont.disclosure.guard import looking_as
from amont.disclosure.unsealed import unsealed
from amont.evidence import actions
from amont.evidence.models import Certificate, FormerSchemes, Reliance
from amont.kernel import clock
from amont.kernel.errors import Denied
from amont.kernel.viewer import Role, Viewer
from small_world import SmallWorld

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_what_showed_of_a_lapsed_certificate_stays_until_the_next_quarter() -> None:
    with unsealed("a test writes its world"):
        world = SmallWorld()
        items = [world.item(name, "supplier") for name in ("oil", "fat")]
        held = Certificate.objects.create(
            owner=world.firm("supplier"), scheme="rspo", valid_until=clock.today() - timedelta(days=300)
        )
        for item in items:
            Reliance.objects.create(owner=world.firm("supplier"), certificate=held, item=item)
    supplier = world.viewer("supplier")
    with looking_as(supplier):
        actions.renew(supplier, held.public_id, valid_until=clock.today() + timedelta(days=300))
        assert [row.schemes for row in FormerSchemes.objects.all()] == [{"rspo": False}] * 2


def test_who_reads_only_renews_nothing() -> None:
    with unsealed("a test writes its world"):
        world = SmallWorld()
        held = Certificate.objects.create(owner=world.firm("supplier"), scheme="rspo")
    viewer = world.viewer("supplier")
    reader = Viewer(viewer.organization_id, viewer.person_id, Role.READER)
    with looking_as(reader), pytest.raises(Denied):
        actions.renew(reader, held.public_id, valid_until=clock.today())
