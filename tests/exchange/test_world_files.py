"""A world file goes in whole, or is refused with the place and the reason, and nothing of it is kept."""

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from amont.catalogue.models import Item, Site
from amont.commands.main import main
from amont.evidence.models import Certificate
from amont.exchange.world import schema
from amont.exchange.world.check import read_world
from amont.exchange.world.load import load
from amont.exchange.world.parse import CODE, NAME, NUMBER, TOWN
from amont.kernel.errors import Refused
from amont.ledger import read as ledger
from amont.parties.models import Organization

Json = dict[str, Any]
SCHEMAS = Path(__file__).parent.parent / "disclosure"


def world() -> Json:
    return {
        "consortium": {"name": "Small"},
        "organizations": [
            {"key": "M", "name": "Maison Claire", "country": "FR", "member": True},
            {"key": "T", "name": "Témiscamingue & fils", "country": "CA"},
        ],
        "items": [
            {"key": "m1", "organization": "M", "name": "cream"},
            {"key": "m2", "organization": "M", "name": "base"},
            {
                "key": "t1",
                "organization": "T",
                "name": "oil",
                "country": "ID",
                "step": "mill",
                "family": "palm",
                "site": {"name": "Mill 4", "town": "Dumai", "latitude": 1.5, "longitude": 101},
                "certificates": [
                    {"scheme": "rspo", "number": "7", "valid_until": "2026-06-30"},
                    {"scheme": "iso"},
                ],
            },
        ],
        "links": [
            {"key": "a", "buyer_item": "m1", "supplier_item": "t1"},
            {"key": "b", "buyer_item": "m1", "supplier_item": "m2", "status": "declared"},
        ],
        "requests": [{"link": "a", "status": "answered"}],
        "grants": [{"grantor": "T", "covers": "identity", "item": "t1", "audience": {"organization": "M"}, "level": 4}],
    }


def changed(change: Callable[[Json], object]) -> str:
    content = world()
    change(content)
    return json.dumps(content)


def links(**row: object) -> Callable[[Json], object]:
    return lambda content: content["links"].append({"key": "x", "buyer_item": "m1", "supplier_item": "t1"} | row)


def grants(**row: object) -> Callable[[Json], object]:
    whole = {"grantor": "T", "covers": "identity", "audience": "chain", "level": 3} | row
    return lambda content: content["grants"].append(whole)


def items(**row: object) -> Callable[[Json], object]:
    return lambda content: content["items"][2].update(row)


REFUSED: list[tuple[str, Callable[[Json], object], str]] = [
    ("an unknown field", lambda w: w.update(colour="red"), "$"),
    ("no name", lambda w: w["consortium"].clear(), "$.consortium"),
    ("a level of five", grants(level=5), "$.grants[1].level"),
    ("a link and an item", grants(link="a", item="t1"), "$.grants[1]"),
    ("an unknown audience", grants(audience="rivals"), "$.grants[1].audience"),
    ("an organization twice", lambda w: w["organizations"].append(w["organizations"][0]), "$.organizations[2].key"),
    ("an item twice", lambda w: w["items"].append(w["items"][0]), "$.items[3].key"),
    ("a link key twice", links(key="a", buyer_item="m2"), "$.links[2].key"),
    ("a pair twice", links(), "$.links[2]"),
    ("an item linked to itself", links(buyer_item="t1"), "$.links[2]"),
    ("an unknown item", links(buyer_item="nope"), "$.links[2].buyer_item"),
    ("an unknown owner", items(organization="nobody"), "$.items[2].organization"),
    ("a request within a firm", lambda w: w["requests"].append({"link": "b"}), "$.requests[1].link"),
    ("a request over nothing", lambda w: w["requests"].append({"link": "z"}), "$.requests[1].link"),
    ("an unknown grantor", grants(grantor="Z"), "$.grants[1].grantor"),
    ("an unknown organization", grants(audience={"organization": "Z"}), "$.grants[1].audience.organization"),
    ("another's item", grants(item="m1"), "$.grants[1].item"),
    ("the buyer's end for identity", grants(grantor="M", link="a"), "$.grants[1].link"),
    ("the supplier's end for sourcing", grants(covers="sourcing", link="a"), "$.grants[1].link"),
    ("an unknown link", grants(link="z"), "$.grants[1].link"),
    ("no such moment", grants(**{"from": "2026-02-30T00:00:00Z"}), "$.grants[1].from"),
    ("a moment with an offset", links(buyer_item="m2", accepted="2026-02-03T00:00:00+01:00"), "$.links[2].accepted"),
    ("no such day", items(certificates=[{"scheme": "s", "valid_until": "2026-02-30"}]), "$.items[2].certificates[0]"),
    ("a short day", items(certificates=[{"scheme": "s", "valid_until": "20260203"}]), "$.items[2].certificates[0]"),
    ("a country with a line end", items(country="FR\n"), "$.items[2].country"),
    ("a text too long", items(name="x" * 201), "$.items[2].name"),
    ("a character of no script", items(name="a\ud800"), "$.items[2].name"),
    ("a latitude past the pole", items(site={"name": "s", "latitude": 91}), "$.items[2].site.latitude"),
]


@pytest.mark.parametrize(("change", "place"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_does_not_do_is_refused_with_its_place(change: Callable[[Json], object], place: str) -> None:
    with pytest.raises(Refused) as refused:
        read_world(changed(change))
    assert any(found.startswith(place) for found in refused.value.errors), refused.value.errors


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"consortium": NaN}', '{"a": 1, "a": 2}', "[" * 100_000, "1" * 5000],
    ids=["empty", "cut", "a list", "null", "no number", "a field twice", "too deep", "too long"],
)
def test_what_is_no_world_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_world(text)


def test_the_limits_are_those_of_the_tables() -> None:
    def longest(model: Any, name: str) -> int:
        return int(model._meta.get_field(name).max_length)

    assert NAME == longest(Item, "name") == longest(Organization, "name") == longest(Site, "name")
    assert CODE == longest(Item, "family") == longest(Item, "step") == longest(Certificate, "scheme")
    assert (longest(Site, "town"), longest(Certificate, "number")) == (TOWN, NUMBER)


@pytest.mark.django_db
class TestTheCommand:
    """`amont world` by hand."""

    @staticmethod
    def run(*words: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = main(["world", *words])
        return status, out.getvalue(), err.getvalue()

    def test_a_loaded_world_is_viewed_in_the_form_of_the_schema(self, tmp_path: Path) -> None:
        file = tmp_path / "world.json"
        file.write_text(json.dumps(world()))
        assert self.run("load", str(file))[0] == 0
        status, out, _ = self.run("view", "M", "--at", "2026-07-01T00:00:00Z")
        view = json.loads(out)
        jsonschema.validate(view, json.loads((SCHEMAS / "view.schema.json").read_text()))
        (oil,) = view["named"]
        assert (status, view["viewer"], view["at"]) == (0, "M", "2026-07-01T00:00:00Z")
        assert (oil["level"], oil["organization"], oil["requested"]) == (4, "Témiscamingue & fils", True)
        assert oil["site"] == {"name": "Mill 4", "town": "Dumai", "latitude": 1.5, "longitude": 101}
        assert [each["scheme"] for each in oil["certificates"]] == ["iso", "rspo"]
        assert len(view["links"]) == 2

    def test_all_prints_one_object_a_line_in_key_order(self, tmp_path: Path) -> None:
        file = tmp_path / "world.json"
        file.write_text(json.dumps(world()))
        self.run("load", str(file))
        _, out, _ = self.run("view", "--all", "--at", "2026-07-01T00:00:00Z")
        assert [json.loads(line)["viewer"] for line in out.splitlines()] == ["M", "T"]
        _, again, _ = self.run("view", "--all", "--at", "2026-07-01T00:00:00Z")
        assert again == out

    def test_an_unknown_organization_is_refused(self) -> None:
        assert self.run("view", "nobody") == (1, "", "no organization has the key 'nobody'\n")

    def test_a_second_world_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "world.json"
        file.write_text(json.dumps(world()))
        assert self.run("load", str(file))[0] == 0
        assert self.run("load", str(file)) == (1, "", "the database is not empty\n")
        assert Organization.objects.count() == 2

    def test_a_refused_file_leaves_nothing(self, tmp_path: Path) -> None:
        file = tmp_path / "world.json"
        file.write_text(changed(links()))
        status, out, err = self.run("load", str(file))
        assert (status, out) == (1, "")
        assert err == "$.links[2]: a second link for the pair 'm1' and 't1'\n"
        assert not Organization.objects.exists()
        assert ledger.network_version() == 0

    def test_a_missing_file_is_told(self) -> None:
        status, _, err = self.run("load", "/nowhere/world.json")
        assert (status, err) == (1, "/nowhere/world.json: No such file or directory\n")


@pytest.mark.django_db
@pytest.mark.both
def test_two_sites_of_one_name_with_other_coordinates_both_go_in() -> None:
    content = world()
    twin = content["items"][2] | {"key": "t2", "site": {"name": "Mill 4", "town": "Dumai", "latitude": 2}}
    content["items"] += [twin, twin | {"key": "t3", "site": {"name": "Mill 4", "town": "Dumai"}}]
    content["items"].append(twin | {"key": "t4", "site": {"name": "Mill 4", "town": "Dumai"}})
    assert load(json.dumps(content))["items"] == 6


@pytest.mark.parametrize("change", [row[1] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_the_quick_look_says_what_the_schema_says(change: Callable[[Json], object]) -> None:
    content = json.loads(changed(change))
    assert schema.SHAPE.quick(content) == schema.SHAPE.validator.is_valid(content)


@pytest.mark.parametrize("odd", [None, True, 0, 2.0, 2.5, -1, "", "chain", [], ["x"], {}, {"organization": "M"}, 1e300])
@pytest.mark.parametrize("place", ["level", "audience", "from", "link", "grantor", "covers", "item"])
def test_the_quick_look_says_of_odd_values_what_the_schema_says(place: str, odd: object) -> None:
    content = json.loads(changed(grants(**{place: odd})))
    assert schema.SHAPE.quick(content) == schema.SHAPE.validator.is_valid(content)
