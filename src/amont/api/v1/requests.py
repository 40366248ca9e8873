"""Own requests to suppliers."""

from django.http import HttpRequest
from ninja import Router

from amont.api.auth import Token, viewer_of
from amont.api.paging import Paged, Part, cut
from amont.api.problems import told
from amont.requests import read
from amont.requests.facts import SentRequest

router = Router(tags=["requests"])


@router.get(
    "", auth=Token("requests:read"), response=told(Paged[SentRequest]), url_name="requests", operation_id="listRequests"
)
def requests(request: HttpRequest, part: Part) -> Paged[SentRequest]:
    """List own requests with where each is, the latest first."""
    viewer = viewer_of(request)
    return cut(viewer, read.requests_sent(viewer), part, ref=lambda each: each.request, of="requests")


@router.get(
    "/{sent}",
    auth=Token("requests:read"),
    response=told(SentRequest, one=True),
    url_name="request",
    operation_id="getRequest",
)
def request(request: HttpRequest, sent: str) -> SentRequest:
    """Return one own request."""
    return read.request(viewer_of(request), sent)
