"""Own requests to suppliers, and the firms of one's own book that may be asked."""

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from amont.api.auth import Token, viewer_of
from amont.api.fields import Address, Country, Day, Id, Language, Letter, Needed, Sent, Short, Text
from amont.api.paging import Paged, Part, cut
from amont.api.problems import told
from amont.chain.actions.contacts import add_contact
from amont.chain.facts_book import ContactDraft, ContactFact
from amont.requests import actions, read
from amont.requests.facts import Asked, FirmToAsk, LineAsked, Purpose, SentRequest

router = Router(tags=["requests"])
MAY_READ, MAY_WRITE = Token("requests:read"), Token("requests:write")


class NewContact(Sent):
    """A firm for one's own book; whether it has an account is told to nobody."""

    name: Needed
    country: Country = ""
    group: Text = ""
    registry_id: Short = ""
    person: Short = ""
    email: Address = ""
    language: Language = ""


class AskedLine(Sent):
    """One own line, and whom of one's own book to ask; `reference` is what the supplier reads for it."""

    line: Id
    contact: Id
    reference: Text = ""
    email: Address = ""
    language: Language = ""


class NewRequest(Sent):
    """What to ask: the same source is not asked twice. `consortium` may be left out where there is only one."""

    lines: list[AskedLine] = Field(min_length=1, max_length=1000)
    purpose: Purpose
    due_on: Day
    message: Letter = ""
    consortium: Id = ""


@router.get("", auth=MAY_READ, response=told(Paged[SentRequest]), url_name="requests", operation_id="listRequests")
def requests(request: HttpRequest, part: Part) -> Paged[SentRequest]:
    """List own requests with where each is, the latest first."""
    viewer = viewer_of(request)
    return cut(viewer, read.requests_sent(viewer), part, ref=lambda each: each.request, of="requests")


@router.post("", auth=MAY_WRITE, response=told(Asked, status=201, one=True, takes=True), operation_id="ask")
def ask(request: HttpRequest, body: NewRequest) -> Status[Asked]:
    """Ask suppliers about lines: one request and one mail each supplier. What stands asked is not asked again."""
    wanted = [
        LineAsked(each.line, each.contact, each.reference, email=each.email, language=each.language)
        for each in body.lines
    ]
    asked = actions.ask(
        viewer_of(request),
        lines=wanted,
        purpose=body.purpose,
        due_on=body.due_on,
        message=body.message,
        consortium=body.consortium,
    )
    return Status(201, asked)


@router.get(
    "/contacts", auth=MAY_READ, response=told(Paged[FirmToAsk]), url_name="contacts", operation_id="listContacts"
)
def contacts(request: HttpRequest, part: Part) -> Paged[FirmToAsk]:
    """List the firms of one's own book, by name."""
    viewer = viewer_of(request)
    return cut(viewer, read.contacts_to_ask(viewer), part, ref=lambda each: each.contact, of="contacts")


@router.post("/contacts", auth=MAY_WRITE, response=told(ContactFact, status=201, takes=True), operation_id="addContact")
def add(request: HttpRequest, body: NewContact) -> Status[ContactFact]:
    """Write a firm into one's own book."""
    return Status(201, add_contact(viewer_of(request), ContactDraft(row=0, **body.dict())))


@router.get(
    "/{sent}", auth=MAY_READ, response=told(SentRequest, one=True), url_name="request", operation_id="getRequest"
)
def one(request: HttpRequest, sent: str) -> SentRequest:
    """Return one own request."""
    return read.request(viewer_of(request), sent)


@router.post(
    "/{sent}/cancel",
    auth=MAY_WRITE,
    response=told(SentRequest, one=True),
    url_name="request-cancel",
    operation_id="cancelRequest",
)
def cancel(request: HttpRequest, sent: str) -> SentRequest:
    """Take back what of a request is still open."""
    viewer = viewer_of(request)
    actions.cancel(viewer, request=sent)
    return read.request(viewer, sent)


@router.post(
    "/{sent}/resend",
    auth=MAY_WRITE,
    response=told(SentRequest, one=True),
    url_name="request-resend",
    operation_id="resendRequest",
)
def resend(request: HttpRequest, sent: str) -> SentRequest:
    """Mail a request again, at most three times an hour."""
    viewer = viewer_of(request)
    actions.resend(viewer, request=sent)
    return read.request(viewer, sent)
