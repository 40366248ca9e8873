"""The map of a chain as it stands on a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amont.kernel.shapes import SHIPPED, Shapes, shapes
from amont.sight.facts import Chain
from amont.web.see import words
from amont.web.see.mapping.picture import WIDTH, Frame, drawn, frame
from amont.web.see.mapping.standing import Stand, Standing, standing
from amont.web.see.picture import framed


@dataclass(frozen=True, slots=True)
class MapPage:
    """All that the page of a map shows of it: `source` is where its borders are from, `nowhere` what is not on it."""

    picture: SafeString
    source: str
    nowhere: int
    whole: bool


def map_page(chain: Chain, *, home: str, whole: bool) -> MapPage:
    """Return a map as its page shows it. `home` is the viewer's own country, for its items that bear none."""
    found, world, shown = placed(chain, home=home, whole=whole)
    return MapPage(
        picture=framed(
            drawn(found, world, shown, links=_links(found)),
            (WIDTH, shown.height),
            kind="map",
            title=_("Map of the chain above %(line)s") % {"line": words.title(chain.root)},
            description=described(found),
        ),
        source=world.source,
        nowhere=found.nowhere,
        whole=whole,
    )


def placed(chain: Chain, *, home: str, whole: bool) -> tuple[Standing, Shapes, Frame]:
    """Return where the places of a chain stand, on which shapes, in which frame."""
    world = shapes(Path(settings.MAP_SHAPES) if settings.MAP_SHAPES else SHIPPED)
    found = standing(chain, world.middles, home=home)
    return found, world, frame(found, whole=whole)


def described(found: Standing) -> str:
    """Say in one sentence what a map shows, for whoever does not see it."""
    count = sum(len(stand.places) for stand in found.stands)
    countries = len({stand.country for stand in found.stands if stand.country})
    places = ngettext("%(count)s place", "%(count)s places", count) % {"count": count}
    said = ngettext(
        "%(places)s, gathered in %(count)s country; the same as a table on this page.",
        "%(places)s, gathered in %(count)s countries; the same as a table on this page.",
        countries,
    )
    return said % {"places": places, "count": countries}


def _links(found: Standing) -> Mapping[int, str]:
    """Return where each stand leads: to its country's places in the table."""
    return {stand.number: f"?as=table&only=country.{code}" for stand in found.stands if (code := _country(stand))}


def _country(stand: Stand) -> str:
    return stand.country or stand.places[0].country
