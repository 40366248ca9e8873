"""How far one's own lines are traced."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from ninja import Router

from amont.api.auth import Token, viewer_of
from amont.api.fields import Short
from amont.api.paging import Paged, Part, cut
from amont.api.problems import told
from amont.insight import read
from amont.insight.facts import Coverage
from amont.sight.facts import Gap, LineSight, Mark

router = Router(tags=["coverage"])


@dataclass(frozen=True, slots=True)
class TracedLine:
    """One own line and how far its chain is seen. Tiers count from the direct supplier, 1; 0 is none.

    `tier` counts what is confirmed, `stated_tier` and `claimed_tier` what is only stated or claimed; `closed`: every
    way of the confirmed chain comes to a stated end. `counts` are places by mark, `gaps` what was not asked or said.
    """

    line: str
    reference: str
    name: str
    family: str
    volume_band: str
    tier: int
    stated_tier: int
    claimed_tier: int
    closed: bool
    ends: tuple[str, ...]
    countries: tuple[str, ...]
    suppliers: tuple[str, ...]
    counts: Mapping[Mark, int]
    gaps: Mapping[Gap, int]


@router.get("", auth=Token("coverage:read"), response=told(Coverage), url_name="coverage", operation_id="getCoverage")
def coverage(request: HttpRequest) -> Coverage:
    """Return how far own lines are traced, counted from one's own view alone."""
    return read.coverage(viewer_of(request))


@router.get(
    "/lines",
    auth=Token("coverage:read"),
    response=told(Paged[TracedLine], one=True),
    url_name="coverage-lines",
    operation_id="listCoverage",
)
def lines(request: HttpRequest, part: Part, figure: Short = "all") -> Paged[TracedLine]:
    """List the lines behind a figure of coverage, by its name; `all` for every line."""
    viewer = viewer_of(request)
    found = [_traced(each) for each in read.behind(viewer, figure)]
    return cut(viewer, found, part, ref=lambda each: each.line, of=f"coverage.{figure}")


def _traced(line: LineSight) -> TracedLine:
    return TracedLine(
        line=line.item,
        reference=line.reference,
        name=line.name,
        family=line.family,
        volume_band=line.volume_band,
        tier=line.tier,
        stated_tier=line.stated_tier,
        claimed_tier=line.claimed_tier,
        closed=line.closed,
        ends=tuple(sorted(line.ends)),
        countries=tuple(sorted(line.countries)),
        suppliers=tuple(sorted(line.suppliers)),
        counts=line.counts,
        gaps=line.gaps,
    )
