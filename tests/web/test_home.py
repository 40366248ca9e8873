"""Home and coverage."""

import pytest

from amont.catalogue.models import Item
from amont.consortia import actions
from amont.disclosure.guard import looking_as
from amont.kernel.viewer import Viewer
from web.conftest import Opened, SignedIn

pytestmark = pytest.mark.django_db


def _line(viewer: Viewer, name: str, band: str = "") -> None:
    with looking_as(viewer):
        Item.objects.create(
            owner_id=viewer.organization_id, name=name, reference=name, family="palm", volume_band=band, is_bought=True
        )


def test_a_new_member_is_told_its_first_act(opened: Opened, signed_in: SignedIn) -> None:
    claire = opened("claire")
    actions.found(claire, name="Clear beauty", template="cosmetics")
    page = signed_in(claire).get("/home/").content.decode()
    assert "Begin with your article lines" in page


def test_a_firm_without_consortium_may_found_one(opened: Opened, signed_in: SignedIn) -> None:
    assert b"/found/" in signed_in(opened("tom")).get("/home/").content


def test_own_progress_stands_beside_the_targets(opened: Opened, signed_in: SignedIn) -> None:
    claire = opened("claire")
    actions.found(claire, name="Clear beauty", template="cosmetics")
    _line(claire, "Glycerin")
    page = signed_in(claire).get("/home/").content.decode()
    assert "the consortium aims at 1,500 together" in page
    assert "Palm and derivatives" in page


def test_each_figure_opens_its_lines_and_nobody_elses(opened: Opened, signed_in: SignedIn) -> None:
    claire, rival = opened("claire"), opened("rival")
    _line(claire, "Glycerin", band="1-10")
    _line(rival, "Secret mica")
    client = signed_in(claire)
    coverage = client.get("/coverage/").content.decode()
    assert "asked.not_asked" in coverage
    for figure in ("all", "asked.not_asked", "tier.1.silent", "band.1-10", "no-end", "family.palm"):
        page = client.get("/coverage/lines/", {"figure": figure}).content.decode()
        assert "Glycerin" in page
        assert "Secret mica" not in page


@pytest.mark.parametrize(
    "figure", ["", "x", "end.x", "asked.x", "band.x", "tier.1.x", "tier.0.confirmed", "reached.1.x"]
)
def test_a_figure_that_is_none_does_not_exist(opened: Opened, signed_in: SignedIn, figure: str) -> None:
    assert signed_in(opened("claire")).get("/coverage/lines/", {"figure": figure}).status_code == 404


def test_coverage_without_lines_says_what_it_is_for(opened: Opened, signed_in: SignedIn) -> None:
    assert b"Bring your lines first" in signed_in(opened("claire")).get("/coverage/").content
