"""Own article lines."""

from dataclasses import asdict
from typing import Literal

from django.http import HttpRequest
from ninja import Router, Status

from amont.api.auth import Token, viewer_of
from amont.api.fields import Code, Long, Needed, Sent, Short, Text, Twelve
from amont.api.paging import Paged, Part, cut
from amont.api.problems import told
from amont.catalogue.actions.lines import add_line, edit_line
from amont.catalogue.facts import Line, LineDraft
from amont.catalogue.read import lines as catalogue
from amont.catalogue.rules import FIELDS
from amont.kernel.errors import NotKnown
from amont.kernel.paging import ALL
from amont.kernel.viewer import Viewer
from amont.requests.actions import end_line

router = Router(tags=["lines"])
Kind = Literal["ingredient", "packaging", "raw_material", "service"]
Band = Literal["", "<1", "1-10", "10-100", "100-1000", ">1000"]
MAY_WRITE = Token("lines:write")


class NewLine(Sent):
    """A line to bring; `family` is a code of the charter's list, `reference` stands once among own lines."""

    name: Needed
    kind: Kind = "ingredient"
    reference: Short = ""
    inci: Long = ""
    material: Text = ""
    hs_code: Twelve = ""
    family: Code = ""
    unit: Twelve = ""
    volume_band: Band = ""


class ChangedLine(Sent):
    """What is to change of a line; what is left out stays, an empty text erases."""

    name: Needed | None = None
    kind: Kind | None = None
    reference: Short | None = None
    inci: Long | None = None
    material: Text | None = None
    hs_code: Twelve | None = None
    family: Code | None = None
    unit: Twelve | None = None
    volume_band: Band | None = None


@router.get("", auth=Token("lines:read"), response=told(Paged[Line]), url_name="lines", operation_id="listLines")
def lines(request: HttpRequest, part: Part, text: Text = "", family: Code = "", kind: Short = "") -> Paged[Line]:
    """List own article lines, by reference and name; `text` is looked for in reference, name, INCI and material."""
    viewer = viewer_of(request)
    found = catalogue.lines(viewer, text=text, family=family, kind=kind, size=ALL).rows
    return cut(viewer, found, part, ref=lambda each: each.line, of="lines")


@router.post("", auth=MAY_WRITE, response=told(Line, status=201, takes=True), operation_id="addLine")
def add(request: HttpRequest, body: NewLine) -> Status[Line]:
    """Bring one article line."""
    return Status(201, add_line(viewer_of(request), LineDraft(row=0, **body.dict())))


@router.get("/{line}", auth=Token("lines:read"), response=told(Line, one=True), url_name="line", operation_id="getLine")
def line(request: HttpRequest, line: str) -> Line:
    """Return one own article line."""
    return _one(viewer_of(request), line)


@router.patch("/{line}", auth=MAY_WRITE, response=told(Line, one=True, takes=True), operation_id="changeLine")
def change(request: HttpRequest, line: str, body: ChangedLine) -> Line:
    """Change one own article line."""
    viewer = viewer_of(request)
    stands = asdict(_one(viewer, line))
    said = {name: value for name, value in body.dict().items() if value is not None}
    return edit_line(viewer, line, LineDraft(row=0, **{name: stands[name] for name in FIELDS} | said))


@router.delete("/{line}", auth=MAY_WRITE, response=told(None, status=204, one=True), operation_id="endLine")
def end(request: HttpRequest, line: str) -> Status[None]:
    """End one own article line: it is bought no longer; its links end, and what is asked about it is taken back."""
    viewer = viewer_of(request)
    _one(viewer, line)
    end_line(viewer, line)
    return Status(204, None)


def _one(viewer: Viewer, line: str) -> Line:
    """Return an article line that is still bought. Raises `NotKnown`."""
    found = catalogue.lines(viewer, among=[line]).rows
    if not found:
        raise NotKnown
    return found[0]
