"""Real lists of factories go in untouched: counts that close, nothing doubled, what does not do told at the cell."""

from pathlib import Path

import pytest

from amont.disclosure.guard import looking_as
from amont.exchange import importing
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization

pytestmark = pytest.mark.django_db
LISTS = Path(__file__).parents[1] / "matching"


def brought(viewer: Viewer, content: bytes, name: str) -> dict[str, object]:
    with looking_as(viewer):
        fact = importing.bring_file(viewer, content, file_name=name)
        assert fact.shape == "sites"
        return dict(importing.run(viewer, fact.public_id).report)


@pytest.mark.parametrize(("name", "rows"), [("facilities_4.csv", 81), ("facilities_12.csv", 15)])
def test_a_list_of_factories_goes_in_untouched_and_only_once(name: str, rows: int) -> None:
    viewer = Viewer(Organization.objects.create(name="Maison Essai", country="FR").pk)
    first, second = (brought(viewer, (LISTS / name).read_bytes(), name) for _time in range(2))
    assert (first["read"], first["added"], first["refused"]) == (rows, rows, 0)
    assert (second["read"], second["added"], second["unchanged"]) == (rows, 0, rows)


def test_namibia_is_a_country_and_identifiers_and_points_are_told_at_their_cell() -> None:
    viewer = Viewer(Organization.objects.create(name="Maison Essai", country="FR").pk)
    rows = (
        "Site;Société;Pays;Latitude;Longitude;GLN",
        "Atelier A;Alpha;NA;-225609;170658;3012345678902",
        "Atelier B;Bravo;Namibie;-33,9;-70,1;3012345678900",
    )
    report = brought(viewer, "\n".join(rows).encode("cp1252"), "sites.csv")
    assert (report["read"], report["added"], report["refused"]) == (2, 1, 1)
    errors = report["errors"]
    assert isinstance(errors, list)
    assert {(each["cell"], each["code"]) for each in errors} == {("D3", "point_elsewhere"), ("F3", "registry_digits")}
    told = report["sites"]
    assert isinstance(told, dict)
    assert [each["point"] for each in told["read_as"]] == ["-22.5609, 17.0658"]
