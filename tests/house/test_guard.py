"""The guard of single records: nobody looks, no row; somebody looks, only its own; and no query steps past it."""

from collections.abc import Callable

import pytest
from django.db.models import Count

from amont.catalogue.models import Item
from amont.chain.models import Contact, Input, Source
from amont.disclosure.guard import JoinAcross, NobodyLooks, looking_as
from amont.disclosure.unsealed import unsealed
from amont.evidence.models import Certificate
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewers() -> tuple[Viewer, Viewer]:
    """Two firms, each with one contact in its own book."""
    firms = [Organization.objects.create(name=name, country="FR") for name in ("Maison Claire", "Victor et fils")]
    with unsealed("set a test's stage"):
        for firm in firms:
            Contact.objects.create(owner=firm, name=f"Contact of {firm.name}", folded=firm.name.lower())
    return Viewer(firms[0].pk), Viewer(firms[1].pk)


READINGS: dict[str, Callable[[], object]] = {
    "a list": lambda: list(Contact.objects.all()),
    "a count": Contact.objects.count,
    "one by key": lambda: Contact.objects.get(pk=1),
    "whether there is one": Contact.objects.exists,
    "values": lambda: list(Contact.objects.values("name")),
    "an update": lambda: Contact.objects.update(name=""),
    "a deletion": lambda: Contact.objects.all().delete(),
    "default manager": lambda: list(Contact._default_manager.all()),
}


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.usefixtures("viewers")
def test_when_nobody_looks_there_is_no_row(reading: str) -> None:
    with pytest.raises(NobodyLooks):
        READINGS[reading]()


def test_each_sees_its_own_rows_alone(viewers: tuple[Viewer, Viewer]) -> None:
    for viewer in viewers:
        with looking_as(viewer):
            assert [each.owner_id for each in Contact.objects.all()] == [viewer.organization_id]
            assert Contact.objects.count() == 1


def test_one_cannot_change_or_delete_anothers_row(viewers: tuple[Viewer, Viewer]) -> None:
    claire, victor = viewers
    with looking_as(victor):
        others = Contact.objects.filter(owner_id=claire.organization_id)
        assert others.update(name="changed") == 0
        assert others.delete()[0] == 0
    with looking_as(claire):
        assert Contact.objects.get().name == "Contact of Maison Claire"


def test_a_forward_key_does_not_lead_to_anothers_row(viewers: tuple[Viewer, Viewer]) -> None:
    claire, victor = viewers
    with looking_as(claire):
        contact = Contact.objects.get()
    with unsealed("set a test's stage"):
        source = _source_of(victor, contact)
    with looking_as(victor):
        found = type(source).objects.get(pk=source.pk)
        with pytest.raises(Contact.DoesNotExist):
            _ = found.contact
    with pytest.raises(NobodyLooks):
        _ = type(source)(contact_id=contact.pk).contact


def _source_of(viewer: Viewer, contact: Contact) -> Source:
    item = Item.objects.create(owner_id=viewer.organization_id, name="A line")
    need = Input.objects.create(owner_id=viewer.organization_id, item=item)
    return Source.objects.create(owner_id=viewer.organization_id, input=need, contact=contact)


ACROSS: dict[str, Callable[[], object]] = {
    "values across a key": lambda: list(Input.objects.values("item__name")),
    "select_related": lambda: list(Source.objects.select_related("input__item")),
    "a filter across": lambda: list(Input.objects.filter(item__name="A line")),
    "an order across": lambda: list(Input.objects.order_by("item__name")),
    "a count of what hangs on it": lambda: list(Item.objects.annotate(many=Count("inputs"))),
    "a filter backwards": lambda: list(Item.objects.filter(inputs__name="cap")),
    "a count across": lambda: Input.objects.filter(item__name="A line").count(),
    "whether across": lambda: Input.objects.filter(item__name="A line").exists(),
    "certificates by what relies on them": lambda: list(Certificate.objects.filter(reliances__item__name="A line")),
}


@pytest.mark.parametrize("query", ACROSS)
def test_no_query_joins_one_guarded_table_to_another(viewers: tuple[Viewer, Viewer], query: str) -> None:
    with looking_as(viewers[0]), pytest.raises(JoinAcross, match=r"^[a-z_]+ joined to [a-z_]+$"):
        ACROSS[query]()


def test_a_prefetch_goes_through_the_guard_of_what_it_fetches(viewers: tuple[Viewer, Viewer]) -> None:
    claire, victor = viewers
    with unsealed("set a test's stage"):
        item = Item.objects.create(owner_id=claire.organization_id, name="A line")
        Input.objects.create(owner_id=victor.organization_id, item=item, name="not Claire's")
    with looking_as(claire):
        (found,) = Item.objects.prefetch_related("inputs")
        assert list(found.inputs.all()) == []


def test_the_way_past_the_guard_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"), unsealed(""):
        pass
