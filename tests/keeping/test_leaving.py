"""Taking one's dossier along, and erasing one's organization."""

import json
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest

from amont.disclosure.guard import looking_as
from amont.disclosure.reading import noting
from amont.disclosure.unsealed import unsealed
from amont.evidence.actions import add_document
from amont.evidence.models import OwnerKey
from amont.keeping.backup import tables
from amont.keeping.dossier import write_dossier
from amont.keeping.erasing import erase
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.ledger import read as ledger
from amont.sight import read as sight
from amont.sight.documents import opened
from amont.sight.facts import Mark
from small_world import SmallWorld

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PDF = b"%PDF-1.7 a document"


@pytest.fixture
def world() -> SmallWorld:
    """A buyer, its supplier with what only it knows, and its supplier's supplier."""
    world = SmallWorld()
    world.item("line-of-the-buyer", "buyer")
    world.item("oil-of-canary", "canary-firm")
    world.item("fruit-of-another", "estate")
    world.link("line-of-the-buyer", "oil-of-canary")
    world.link("oil-of-canary", "fruit-of-another")
    world.claim("oil-of-canary", "canary-claimed")
    world.state("oil-of-canary", "canary-stated")
    with looking_as(world.viewer("canary-firm")):
        add_document(
            world.viewer("canary-firm"),
            BytesIO(PDF),
            file_name="canary-paper.pdf",
            item=world.items["oil-of-canary"].public_id,
        )
    return world


def taken(world: SmallWorld, firm: str) -> dict[str, bytes]:
    out = BytesIO()
    with looking_as(world.viewer(firm)):
        write_dossier(world.viewer(firm), out)
    with ZipFile(out) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def test_a_dossier_holds_what_is_owned_with_its_hashes(world: SmallWorld) -> None:
    held = taken(world, "canary-firm")
    told = json.loads(held["manifest.json"])["files"]
    assert told == {name: sha256(text).hexdigest() for name, text in held.items() if name != "manifest.json"}
    (paper,) = [text for name, text in held.items() if name.startswith("documents/")]
    assert paper == PDF
    assert [row["name"] for row in json.loads(held["data/items.json"])] == ["oil-of-canary"]
    text = b"".join(held.values())
    assert b"canary-claimed" in text
    assert b"canary-stated" in text
    assert {row["as"] for row in json.loads(held["data/links.json"])} == {"buyer", "supplier"}


def test_a_dossier_tells_nothing_of_others_items(world: SmallWorld) -> None:
    text = b"".join(taken(world, "canary-firm").values())
    assert b"line-of-the-buyer" not in text
    assert b"fruit-of-another" not in text
    assert b"canary" not in b"".join(taken(world, "estate").values()).replace(b"canary-firm", b"")


def test_a_dossier_taken_twice_is_the_same_but_for_its_own_lines_in_the_ledger(world: SmallWorld) -> None:
    one, other = taken(world, "canary-firm"), taken(world, "canary-firm")
    differing = {name for name in one if one[name] != other[name]}
    assert differing <= {"data/ledger.json", "csv/ledger.csv", "manifest.json"}


def test_a_contributor_takes_nothing_and_erases_nothing(world: SmallWorld) -> None:
    viewer = Viewer(world.firm("canary-firm").pk, role=Role.CONTRIBUTOR)
    with looking_as(viewer):
        with pytest.raises(Denied):
            write_dossier(viewer, BytesIO())
        with pytest.raises(Denied):
            erase(viewer, typed="canary-firm")


def test_another_name_typed_erases_nothing(world: SmallWorld) -> None:
    with pytest.raises(Refused) as refused:
        erase(world.viewer("canary-firm"), typed="canary firm")
    assert list(refused.value.errors) == ["typed"]
    assert "oil-of-canary" in everything()


def test_the_erased_is_in_no_table_and_in_no_view_and_the_ledger_holds(world: SmallWorld) -> None:
    noted = ledger.head()
    erase(world.viewer("canary-firm"), typed="canary-firm")
    assert "canary" not in everything()
    buyer = world.viewer("buyer")
    with looking_as(buyer), noting():
        assert [place.mark for place in sight.view(buyer).places if place.mark is not Mark.STATED] == []
    found = ledger.verdict(dict([noted]))
    assert (found.broken, found.erased > 0) == (None, True)


def test_what_others_own_stays(world: SmallWorld) -> None:
    before = taken(world, "estate")
    erase(world.viewer("canary-firm"), typed="canary-firm")
    after = taken(world, "estate")
    same = {"data/items.json", "data/sites.json", "data/contacts.json", "data/certificates.json"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def test_its_key_is_shredded(world: SmallWorld) -> None:
    erase(world.viewer("canary-firm"), typed="canary-firm")
    with unsealed("a test looks"):
        row = OwnerKey.objects.get()
    assert (row.wrapped, row.shredded_at is not None) == (None, True)
    viewer = world.viewer("canary-firm")
    with looking_as(viewer), noting(), pytest.raises(NotKnown):
        opened(viewer, "nothing234567nothing")


def everything() -> str:
    with unsealed("a test reads all rows"):
        return json.dumps([list(tables.rows(model)) for model in tables.kept()])
