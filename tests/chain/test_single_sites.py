"""A site by hand: added, told at the field what does not do, closed and opened again; nobody else's is touched."""

from collections.abc import Iterator

import pytest

from amont.catalogue.facts_sites import SiteDraft
from amont.catalogue.models import Site
from amont.chain.actions.single_sites import add_site, close_site, edit_site, reopen_site
from amont.chain.actions.sites import bring_sites
from amont.chain.read import alike, sites
from amont.disclosure.guard import looking_as
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger.models import Entry
from amont.parties.models import Organization
from stories.races import at_once

pytestmark = pytest.mark.django_db
LYON = SiteDraft(row=0, name="Atelier", town="Lyon", country="FR")


@pytest.fixture
def me() -> Iterator[Viewer]:
    viewer = Viewer(Organization.objects.create(name="Maison Essai", country="FR").pk)
    with looking_as(viewer):
        yield viewer


def test_a_site_is_added_by_hand_and_what_may_be_the_same_is_proposed(me: Viewer) -> None:
    numbers = SiteDraft(
        row=0, name="Atelier de Lyon", town="Lyon", country="FR", identifiers={"siret": "73282932000074"}
    )
    made = add_site(me, numbers)
    assert (made.contact, made.country, made.identifiers) == ("", "FR", {"siret": "73282932000074"})
    add_site(me, SiteDraft(row=0, name="ATELIER LYON", town="Lyon", country="FR"))
    assert [pair.kind for pair in alike.alike(me).rows] == ["site"]
    assert list(Entry.objects.values_list("act", flat=True)).count("add_site") == 2


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (SiteDraft(row=0, name=" - ", country="FR"), "name"),
        (SiteDraft(row=0, name="Atelier"), "country"),
        (SiteDraft(row=0, name="Atelier", country="XX"), "country"),
        (SiteDraft(row=0, name="Atelier", country="FR", identifiers={"siret": "73282932000075"}), "siret"),
        (SiteDraft(row=0, name="Atelier", country="FR", identifiers={"gln": "4012345000008"}), "gln"),
        (SiteDraft(row=0, name="Atelier", country="FR", external_id="73282932000075"), "external_id"),
        (LYON, "name"),
    ],
)
def test_what_does_not_do_is_told_at_its_field_and_nothing_is_added(me: Viewer, draft: SiteDraft, field: str) -> None:
    add_site(me, LYON)
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        add_site(me, draft)
    assert set(refused.value.errors) == {field}
    assert (Site.objects.count(), Entry.objects.count()) == (1, before)


def test_an_identifier_that_stood_before_does_not_stop_an_edit(me: Viewer) -> None:
    bring_sites(me, [SiteDraft(row=2, name="Atelier", country="FR", external_id="12345678901234")], own=True)
    site = sites.sites(me).rows[0]
    edited = edit_site(me, site.site, SiteDraft(row=0, name="Atelier", town="Lyon", external_id="12345678901234"))
    assert (edited.town, edited.external_id) == ("Lyon", "12345678901234")


def test_a_closed_site_leaves_the_list_and_comes_back(me: Viewer) -> None:
    made = add_site(me, LYON)
    assert close_site(me, made.site).closed_on is not None
    close_site(me, made.site)
    assert not sites.sites(me).total
    assert sites.sites(me, whose="closed").rows[0].site == made.site
    assert reopen_site(me, made.site).closed_on is None
    assert sites.sites(me).total == 1
    verbs = list(Entry.objects.order_by("sequence").values_list("act", flat=True))
    assert verbs == ["add_site", "close_site", "reopen_site"]


def test_nobody_closes_or_edits_anothers_site_and_a_reader_none(me: Viewer) -> None:
    made = add_site(me, LYON)
    bring_sites(me, [SiteDraft(row=2, name="Huilerie", firm="Oleana", country="CM")])
    theirs = next(each for each in sites.sites(me).rows if each.contact)
    rival = Viewer(Organization.objects.create(name="Rivale", country="FR").pk)
    reader = Viewer(me.organization_id, role=Role.READER)
    with pytest.raises(NotKnown):
        close_site(me, theirs.site)
    with looking_as(rival):
        for act in (lambda: close_site(rival, made.site), lambda: edit_site(rival, made.site, LYON)):
            with pytest.raises(NotKnown):
                act()
    for act in (lambda: close_site(reader, made.site), lambda: add_site(reader, LYON)):
        with pytest.raises(Denied):
            act()
    assert Site.objects.get().closed_on is None


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_one_site_added_twice_at_once_is_one() -> None:
    me = Viewer(Organization.objects.create(name="Maison Essai", country="FR").pk)

    def add() -> None:
        with looking_as(me):
            add_site(me, LYON)

    raised = at_once(add, add)
    assert [type(each) for each in raised] == [Refused]
    with looking_as(me):
        assert Site.objects.count() == 1
