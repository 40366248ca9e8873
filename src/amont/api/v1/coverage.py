"""How far one's own lines are traced."""

from django.http import HttpRequest
from ninja import Router

from amont.api.auth import Token, viewer_of
from amont.api.paging import Paged, Part, cut
from amont.api.problems import told
from amont.insight import read
from amont.insight.facts import Coverage
from amont.sight.facts import LineSight

router = Router(tags=["coverage"])


@router.get("", auth=Token("coverage:read"), response=told(Coverage), url_name="coverage", operation_id="getCoverage")
def coverage(request: HttpRequest) -> Coverage:
    """Return how far own lines are traced, counted from one's own view alone."""
    return read.coverage(viewer_of(request))


@router.get(
    "/lines",
    auth=Token("coverage:read"),
    response=told(Paged[LineSight], one=True),
    url_name="coverage-lines",
    operation_id="listCoverage",
)
def lines(request: HttpRequest, part: Part, figure: str = "all") -> Paged[LineSight]:
    """List the lines behind a figure of coverage, by its name; `all` for every line."""
    viewer = viewer_of(request)
    return cut(viewer, read.behind(viewer, figure), part, ref=lambda each: each.item, of=f"coverage.{figure}")
