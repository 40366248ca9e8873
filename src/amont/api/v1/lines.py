"""Own article lines."""

from django.http import HttpRequest
from ninja import Router

from amont.api.auth import Token, viewer_of
from amont.api.paging import Paged, Part, cut
from amont.api.problems import told
from amont.catalogue.facts import Line
from amont.catalogue.read import lines as catalogue
from amont.kernel.paging import ALL

router = Router(tags=["lines"])


@router.get("", auth=Token("lines:read"), response=told(Paged[Line]), url_name="lines", operation_id="listLines")
def lines(request: HttpRequest, part: Part, text: str = "", family: str = "", kind: str = "") -> Paged[Line]:
    """List own article lines, by reference and name; `text` is looked for in reference, name, INCI and material."""
    viewer = viewer_of(request)
    found = catalogue.lines(viewer, text=text, family=family, kind=kind, size=ALL).rows
    return cut(viewer, found, part, ref=lambda each: each.line, of="lines")


@router.get("/{line}", auth=Token("lines:read"), response=told(Line, one=True), url_name="line", operation_id="getLine")
def line(request: HttpRequest, line: str) -> Line:
    """Return one own article line."""
    return catalogue.line(viewer_of(request), line)
