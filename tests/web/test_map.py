"""Maps of chains: where places stand, that nothing is finer than the view, the date line, shapes and files."""

import json
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from amont.commands.main import main
from amont.kernel.countries import countries
from amont.kernel.shapes import SHIPPED, shapes, thinned
from amont.sight.facts import Chain, Mark, Place, SiteFact, Step
from amont.web.see.mapping.picture import drawn, frame
from amont.web.see.mapping.projection import projected, way
from amont.web.see.mapping.standing import standing
from made_chains import made_chain

MIDDLES = {"FR": (2.5, 46.6), "ID": (114.0, -0.2), "FJ": (178.0, -17.8), "CL": (-71.0, -35.0)}
ROOT = Place("r", Mark.OWN)
WITHOUT_SHAPE = {"AQ", "BV", "UM"}


def _chain(*above: Place) -> Chain:
    return Chain(ROOT, (ROOT, *above), tuple(Step("r", place.ref) for place in above))


def test_a_place_without_coordinates_stands_in_its_country_only() -> None:
    here = Place("a", Mark.NAMED, country="ID", site=SiteFact("Moulin", "Dumai"))
    found = standing(_chain(here, Place("b", Mark.NAMELESS, country="ID")), MIDDLES, home="FR")
    assert [(stand.point, stand.is_site, len(stand.places)) for stand in found.stands] == [
        (MIDDLES["FR"], False, 1),
        (MIDDLES["ID"], False, 2),
    ]


def test_a_site_stands_where_its_coordinates_show() -> None:
    found = standing(_chain(Place("a", Mark.NAMED, country="ID", site=SiteFact("M", None, 1.5, 101.0))), MIDDLES)
    assert [(stand.point, stand.is_site) for stand in found.stands] == [((101.0, 1.5), True)]


def test_what_shows_no_country_is_counted_as_nowhere() -> None:
    assert standing(_chain(Place("a", Mark.SEALED)), MIDDLES, home="FR").nowhere == 1


def test_ways_are_counted_by_how_they_are_known() -> None:
    marks = (Mark.NAMED, Mark.NAMELESS, Mark.STATED, Mark.CLAIMED)
    found = standing(_chain(*(Place(mark.value, mark, country="ID") for mark in marks)), MIDDLES, home="FR")
    assert {(arc.kind, arc.steps) for arc in found.arcs} == {("confirmed", 2), ("stated", 1), ("claimed", 1)}


def test_a_way_across_the_date_line_goes_out_on_one_side_and_comes_in_on_the_other() -> None:
    one, other = way(MIDDLES["FJ"], MIDDLES["CL"])
    assert one[0] == MIDDLES["FJ"]
    assert other[-1] == pytest.approx(MIDDLES["CL"])
    assert (one[-1][0], other[0][0]) == (180, -180)
    assert one[-1][1] == other[0][1]
    assert len(way(MIDDLES["FR"], MIDDLES["ID"])) == 1


def test_the_projection_keeps_to_its_published_measures() -> None:
    assert projected((0, 0)) == (0, 0)
    assert projected((180, 0))[0] == pytest.approx(2.70663, abs=1e-4)
    assert projected((0, 90))[1] == pytest.approx(-1.31737, abs=1e-4)
    assert projected((-30, 40))[0] == -projected((30, 40))[0]


def test_every_country_of_the_list_has_a_place_on_the_map() -> None:
    assert {each.code for each in countries()} - set(shapes().middles) == WITHOUT_SHAPE


def test_shapes_keep_within_the_world_and_each_middle_within_its_country() -> None:
    world = shapes()
    for rings in world.countries.values():
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for ring in rings for x, y in ring)
    assert world.middles["RU"][0] == pytest.approx(99, abs=3)
    assert world.middles["FR"] == pytest.approx((2.5, 46.6), abs=0.5)


def test_shapes_are_made_from_topojson_and_cut_at_the_date_line() -> None:
    arcs = [[[175, -20], [10, 0], [0, 5], [-10, 0], [0, -5]]]
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[*arc] for arc in arcs],
        "objects": {"countries": {"geometries": [{"type": "Polygon", "id": "242", "arcs": [[0]]}]}},
    }
    found = json.loads(thinned(topology, source="made"))
    assert found["source"] == "made"
    assert [ring[0] > 0 for ring in found["countries"]["FJ"]] == [True, False] or len(found["countries"]["FJ"]) == 2


def test_a_map_is_well_formed_and_the_same_every_time() -> None:
    world = shapes()
    found = standing(made_chain(200), world.middles, home="FR")
    one, other = (drawn(found, world, frame(found), links={}) for _ in range(2))
    assert one == other
    ET.fromstring(f"<svg>{one}</svg>")  # noqa: S314 - made here


def test_the_shapes_are_those_of_the_list() -> None:
    listed = SHIPPED.with_name("SHAPES.md").read_text(encoding="utf-8")
    assert f"| shapes.json | {sha256(SHIPPED.read_bytes()).hexdigest()} |" in listed


def test_the_command_refuses_what_is_no_topojson_of_countries(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "made.json"
    made.write_text('{"type": "Topology"}')
    assert main(["shapes", str(made), str(tmp_path / "out.json"), "--source", "made"]) == 1
    assert "no TopoJSON" in capsys.readouterr().out
    assert not (tmp_path / "out.json").exists()


def test_a_map_of_nothing_shows_the_world() -> None:
    found = standing(_chain(), MIDDLES)
    assert frame(found) == frame(found, whole=True)
