"""Each kind of fact at each level: own, full, named, nameless, origin, sealed; whole places are compared."""

from datetime import UTC, date, datetime

import pytest

from amont.catalogue.models import Site
from amont.chain.models import Input, Source
from amont.disclosure.guard import looking_as
from amont.disclosure.levels import Level
from amont.disclosure.unsealed import unsealed
from amont.evidence.facts import DocumentShown
from amont.evidence.models import Certificate, Reliance
from amont.kernel import clock
from amont.ledger import actions as ledger
from amont.sight import read
from amont.sight.cut.dress import named_place
from amont.sight.cut.facts import Held, Stated
from amont.sight.facts import CertificateFact, InputFact, Mark, Place, SiteFact, Step
from small_world import LONG_SINCE, SmallWorld

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 10, 12, tzinfo=UTC)
SITE = SiteFact("Mill One", "Pasir", 1.5, 101.25)
CODES = {"country": "MY", "step": "refining", "family": "palm", "chain_end": "origin_reached"}


@pytest.fixture(autouse=True)
def _in_may(world: SmallWorld) -> object:  # noqa: ARG001 - the world comes first
    with clock.held_at(MAY):
        yield


def dressed_up(world: SmallWorld, item: str) -> None:
    """Give an item everything that an owner can state."""
    row = world.items[item]
    with unsealed("a test's stage"):
        row.site = Site.objects.create(
            owner_id=row.owner_id, name="Mill One", town="Pasir", latitude=1.5, longitude=101.25
        )
        row.save()
        for scheme, number, until in (
            ("rspo", "R-2", date(2026, 3, 31)),
            ("rspo", "R-1", date(2026, 4, 1)),
            ("iscc", "", date(2026, 3, 31)),
            ("organic", "O-1", None),
        ):
            held = Certificate.objects.create(owner_id=row.owner_id, scheme=scheme, number=number, valid_until=until)
            Reliance.objects.create(owner_id=row.owner_id, certificate=held, item=row)
        needs = Input.objects.create(
            owner_id=row.owner_id, item=row, name="crude oil", stock_weeks=3, switch_months=9, position=2
        )
        Input.objects.create(owner_id=row.owner_id, item=row, name="hexane", position=1)
        Source.objects.create(owner_id=row.owner_id, input=needs, country="ID", step="milling", created_at=LONG_SINCE)
    ledger.append(None, "test", network=True)


IN_FULL = (
    CertificateFact("iscc", None, date(2026, 3, 31)),
    CertificateFact("organic", "O-1", None),
    CertificateFact("rspo", "R-1", date(2026, 4, 1)),
    CertificateFact("rspo", "R-2", date(2026, 3, 31)),
)
IN_QUARTER = (
    CertificateFact("iscc", valid=False),
    CertificateFact("organic", valid=True),
    CertificateFact("rspo", valid=True),
)


@pytest.fixture
def dressed(chain: SmallWorld) -> SmallWorld:
    """Give M's chain with t2 dressed up."""
    with unsealed("a test's stage"):
        for field, value in CODES.items():
            setattr(chain.items["t2"], field, value)
        chain.items["t2"].save()
    dressed_up(chain, "t2")
    return chain


def shown(world: SmallWorld, firm: str) -> tuple[tuple[Place, ...], tuple[Place, ...], tuple[Step, ...]]:
    viewer = world.viewer(firm)
    with looking_as(viewer):
        found = read.view(viewer)
    return found.own, found.places, found.steps


def test_one_reads_everything_of_ones_own(dressed: SmallWorld) -> None:
    (own,), _places, steps = shown(dressed, "T2")
    ref = dressed.items["t2"].public_id
    assert own == Place(
        ref=ref,
        mark=Mark.OWN,
        organization="T2",
        name="t2",
        reference="t2",
        **CODES,
        full=True,
        site=SITE,
        certificates=IN_FULL,
        inputs=(InputFact(""), InputFact("hexane"), InputFact("crude oil", 3, 9)),
    )
    assert Step(ref, "stated-1", "crude oil") in steps
    assert Step(ref, dressed.items["t3"].public_id, "") in steps


@pytest.mark.parametrize("level", [3, 4])
def test_by_name_everything_but_what_is_for_full_sight(dressed: SmallWorld, level: int) -> None:
    dressed.grant("T2", "identity", "customers", level)
    dressed.grant("T1", "sourcing", "requesters", level)
    _own, places, steps = shown(dressed, "T1")
    in_full = level == 4
    ref = dressed.items["t2"].public_id
    place = next(each for each in places if each.ref == ref)
    assert place == Place(
        ref=ref,
        mark=Mark.NAMED,
        organization="T2",
        name="t2",
        **CODES,
        full=in_full,
        checked_by="world",
        site=SITE if in_full else SiteFact("Mill One", "Pasir"),
        certificates=IN_FULL,
        inputs=(InputFact("hexane"), InputFact("crude oil", *((3, 9) if in_full else (None, None)))),
    )
    assert [each for each in places if each.mark is Mark.STATED] == []
    assert Step(dressed.items["t1"].public_id, ref, "") in steps


def test_beside_a_named_place_a_stated_source_has_the_inputs_name(dressed: SmallWorld) -> None:
    dressed.grant("T2", "sourcing", "chain", 2)
    _own, places, steps = shown(dressed, "T1")
    (stated,) = (each for each in places if each.mark is Mark.STATED)
    assert stated == Place(ref=stated.ref, mark=Mark.STATED, country="ID", step="milling")
    assert Step(dressed.items["t2"].public_id, stated.ref, "crude oil") in steps


def test_below_a_name_nothing_is_finer_than_the_lists(dressed: SmallWorld) -> None:
    _own, places, steps = shown(dressed, "M")
    place = next(each for each in places if each.mark is Mark.NAMELESS and each.country == "MY")
    assert place == Place(
        ref=place.ref,
        mark=Mark.NAMELESS,
        **CODES,
        firm=place.firm,
        requested=True,
        certificates=IN_QUARTER,
    )
    assert len(place.ref) == len(place.firm) == 24
    assert place.ref != place.firm
    (stated,) = (each for each in places if each.mark is Mark.STATED)
    assert stated == Place(ref=stated.ref, mark=Mark.STATED, country="ID", step="milling")
    assert Step(place.ref, stated.ref, "") in steps
    assert {step.input for step in steps} == {""}


def test_one_firms_nameless_items_beside_one_head_bear_one_pseudonym(dressed: SmallWorld) -> None:
    dressed.item("t2b", "T2", country="PH")
    dressed.ask(dressed.link("t1", "t2b"), passed=True)
    _own, places, _steps = shown(dressed, "M")
    firms = {each.country: each.firm for each in places if each.mark is Mark.NAMELESS}
    assert firms["MY"] == firms["PH"] != firms["ID"]


@pytest.mark.parametrize("how_many", [1, 2, 3])
def test_an_origin_is_counted_with_its_like_as_one_or_several(dressed: SmallWorld, how_many: int) -> None:
    for number in range(1, how_many):
        dressed.item(f"t3-{number}", f"T3-{number}", country="ID", step="milling", family="palm")
        dressed.link("t2", f"t3-{number}")
    dressed.item("else", "Else", country="ID", step="milling", family="soy")
    dressed.link("t2", "else")
    _own, places, steps = shown(dressed, "T1")
    found = [each for each in places if each.mark is Mark.ORIGIN]
    assert found == [
        Place(ref="counted-1", mark=Mark.ORIGIN, country="ID", step="milling", family="palm", many=how_many > 1),
        Place(ref="counted-2", mark=Mark.ORIGIN, country="ID", step="milling", family="soy"),
    ]
    ref = dressed.items["t2"].public_id
    assert {step for step in steps if step.supplier.startswith("counted")} == {
        *(Step(ref, "counted-1"), Step(ref, "counted-2")),
    }


def test_of_what_is_sealed_nothing_shows_but_that_there_is_one_or_several(dressed: SmallWorld) -> None:
    dressed.grant("T2", "sourcing", "chain", 0)
    _own, places, _steps = shown(dressed, "T1")
    assert [each for each in places if each.mark is not Mark.NAMED] == [Place(ref="counted-1", mark=Mark.SEALED)]
    dressed.item("else", "Else", country="BR")
    dressed.link("t2", "else")
    _own, places, _steps = shown(dressed, "T1")
    assert places[-1] == Place(ref="counted-1", mark=Mark.SEALED, many=True)


def test_places_stand_in_the_order_of_what_they_show(world: SmallWorld) -> None:
    world.item("m1", "M")
    for name, firm, country in (("b", "B", "FR"), ("a2", "A", "FR"), ("a1", "A", "IT"), ("c", "C", "DE")):
        world.item(name, firm, country=country)
        world.link("m1", name)
    _own, places, _steps = shown(world, "M")
    assert [(each.organization, each.name) for each in places] == [("A", "a1"), ("A", "a2"), ("B", "b"), ("C", "c")]


def test_a_place_without_a_site_or_a_town_says_none(world: SmallWorld) -> None:
    for name, firm in (("m1", "M"), ("t1", "T1"), ("t2", "T2")):
        world.item(name, firm)
    with unsealed("a test's stage"):
        row = world.items["t1"]
        row.site = Site.objects.create(owner_id=row.owner_id, name="Yard")
        row.save()
    world.link("m1", "t1")
    world.link("m1", "t2")
    _own, places, _steps = shown(world, "M")
    assert [each.site for each in places] == [SiteFact("Yard", None, None, None), None]


def test_what_one_states_shows_the_firm_of_ones_own_book(world: SmallWorld) -> None:
    world.item("m1", "M")
    world.state("m1", "Huile SA", step="refining", family="palm", chain_end="unknown", asked=True, refused_at=MAY)
    contact = world.contact("M", "Huile SA")
    contact.country, contact.group = "TN", "Groupe Huile"
    with unsealed("a test's stage"):
        contact.save()
    world.state("m1", "Autre SA", country="ES", confirmed_at=MAY)
    _own, places, _steps = shown(world, "M")
    other = world.contact("M", "Autre SA")
    assert places == (
        Place(
            ref="stated-1",
            mark=Mark.STATED,
            organization="Autre SA",
            contact=other.public_id,
            country="ES",
            confirmed=True,
        ),
        Place(
            ref="stated-2",
            mark=Mark.STATED,
            organization="Huile SA",
            contact=contact.public_id,
            group="Groupe Huile",
            country="TN",
            step="refining",
            family="palm",
            chain_end="unknown",
            asked=True,
            refused=True,
        ),
    )


@pytest.mark.parametrize(("level", "shows_it"), [(Level.NAMED, False), (Level.FULL, True)])
def test_a_document_shows_in_full_sight_alone(level: Level, *, shows_it: bool) -> None:
    sheet = DocumentShown("doc", "audit.pdf", "application/pdf", 10)
    facts = Stated(1, "ref", 2, "T2", "world", "", "t2", "", "", "", "", None, (), documents=(sheet,))
    assert named_place(facts, level, requested=False).documents == ((sheet,) if shows_it else ())


def test_certificates_of_one_number_stand_by_their_ends() -> None:
    held = tuple(Held("rspo", "R-1", until) for until in (date(2027, 1, 1), None, date(2026, 1, 1)))
    facts = Stated(1, "ref", 2, "T2", "world", "", "t2", "", "", "", "", None, held)
    found = named_place(facts, Level.NAMED, requested=False).certificates
    assert [each.valid_until for each in found] == [None, date(2026, 1, 1), date(2027, 1, 1)]
