"""Renewing a certificate: nobody who sees less than the name can time it."""

from datetime import timedelta

import pytest

from amont.disclosure.guard import looking_as
from amont.disclosure.unsealed import unsealed
from amont.evidence import actions, read
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


@pytest.mark.parametrize(("days", "waits"), [(-400, 1), (60, 1), (61, 0), (None, 0)])
def test_a_certificate_waits_to_be_renewed_from_60_days_before_its_last(days: int | None, waits: int) -> None:
    with unsealed("a test writes its world"):
        world = SmallWorld()
        owner, item = world.firm("supplier"), world.item("oil", "supplier")
        last = None if days is None else clock.today() + timedelta(days=days)
        for number in ("relied on", "not relied on"):
            held = Certificate.objects.create(owner=owner, scheme="rspo", number=number, valid_until=last)
        Reliance.objects.create(owner=owner, certificate=held, item=item)
        world.firm("other")
    for firm, expected in (("supplier", waits), ("other", 0)):
        viewer = world.viewer(firm)
        with looking_as(viewer):
            assert read.to_renew(viewer) == expected
