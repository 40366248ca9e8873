"""The page of one's consortium, and what its coordinator does there."""

from typing import TypedDict

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.consortia import actions, may, read
from amont.consortia.facts import ConsortiumFacts, MemberFact, SeatFact
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.requests import read as requests
from amont.requests.read.helped import HelpedFirm
from amont.web.found.forms import LetterForm, SeatForm
from amont.web.found.present import CharterWords, charter_words
from amont.web.found.tables import helped_written, members_written, seats_written
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in
from amont.web.shell.stepping import step_up


@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """Show the consortium that one takes part in, or how to found one."""
    found = read.consortia(signed_in(request))
    if len(found) == 1:
        return redirect("found:page", found[0].public_id)
    return render(request, "found/consortia.html", {"consortia": found})


@require_safe
def page(request: HttpRequest, consortium: str) -> HttpResponse:
    """Show the charter in words, the members to members, one's own place; to its coordinator the seats offered."""
    shown = _shown(signed_in(request), read.consortium(signed_in(request), consortium))
    if is_file(request):
        tables = members_written(shown["members"]), seats_written(shown["seats"]), helped_written(shown["helped"])
        return handed(request, *tables)
    return render(request, "found/consortium.html", {**shown})


class _Shown(TypedDict):
    consortium: ConsortiumFacts
    charter: CharterWords
    coordinators: tuple[str, ...]
    members: tuple[MemberFact, ...]
    seats: tuple[SeatFact, ...]
    helped: tuple[HelpedFirm, ...]
    coordinates: bool
    administers: bool
    inside: bool


def _shown(viewer: Viewer, facts: ConsortiumFacts) -> _Shown:
    inside = facts.is_member or facts.is_coordinator
    coordinates = facts.is_coordinator and viewer.may_administer
    return {
        "consortium": facts,
        "charter": charter_words(facts.charter),
        "coordinators": read.coordinators(viewer, facts.public_id),
        "members": read.members(viewer, facts.public_id) if inside else (),
        "seats": read.seats(viewer, facts.public_id) if coordinates else (),
        "coordinates": coordinates,
        "administers": viewer.may_administer,
        "helped": requests.helped(viewer, facts.public_id) if coordinates else (),
        "inside": inside,
    }


@require_POST
def help_with(request: HttpRequest, consortium: str) -> HttpResponse:
    """Let the coordinator help, or no more."""
    viewer = signed_in(request)
    if request.POST.get("say") == "yes":
        actions.accept_help(viewer, consortium)
        messages.success(request, _("The coordinator sees your name and how many tasks you have open."))
    else:
        actions.end_help(viewer, consortium)
        messages.success(request, _("The coordinator sees nothing of you any more."))
    return redirect("found:page", consortium)


@step_up()
@require_http_methods(("GET", "HEAD", "POST"))
def offer(request: HttpRequest, consortium: str) -> HttpResponse:
    """Invite one more firm."""
    viewer = signed_in(request)
    may.coordinate(viewer, consortium)
    form = SeatForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.offer_seat(viewer, consortium, firm=said["firm"], email=said["email"], language=said["language"])
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The invitation to %(firm)s is on its way.") % {"firm": said["firm"]})
            return redirect("found:page", consortium)
    return render(request, "found/offer.html", {"form": form, "consortium": read.consortium(viewer, consortium)})


@require_safe
def link(request: HttpRequest, consortium: str, seat: str) -> HttpResponse:
    """Show the link of a seat, to be sent another way."""
    viewer = signed_in(request)
    token = read.seat_link(viewer, consortium, seat=seat)
    offered = next(each for each in read.seats(viewer, consortium) if each.public_id == seat)
    address = settings.BASE_URL + reverse("found:seat", args=[token])
    return render(request, "found/link.html", {"seat": offered, "address": address, "consortium": consortium})


@require_POST
def resend(request: HttpRequest, consortium: str, seat: str) -> HttpResponse:
    """Mail an invitation once more."""
    try:
        actions.resend_seat(signed_in(request), consortium, seat=seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The mail is on its way once more."))
    return redirect("found:page", consortium)


@require_POST
def withdraw(request: HttpRequest, consortium: str, seat: str) -> HttpResponse:
    """Make an invitation stop working."""
    try:
        actions.withdraw_seat(signed_in(request), consortium, seat=seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation does not work any more."))
    return redirect("found:page", consortium)


@step_up()
@require_http_methods(("GET", "HEAD", "POST"))
def letter(request: HttpRequest, consortium: str, organization: str) -> HttpResponse:
    """Print the letter that checks a member by a code; its address comes from the public register."""
    viewer = signed_in(request)
    may.coordinate(viewer, consortium)
    member = next((each for each in read.members(viewer, consortium) if each.organization == organization), None)
    if member is None or member.is_me:
        raise NotKnown
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write_letter(
                viewer, consortium, organization=organization, address=form.cleaned_data["address"]
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return render(request, "found/letter_print.html", {"letter": made, "base_url": settings.BASE_URL})
    return render(request, "found/letter.html", {"form": form, "member": member, "consortium": consortium})


@step_up()
@require_POST
def check(request: HttpRequest, consortium: str, organization: str) -> HttpResponse:
    """Confirm that a member is the firm it says it is."""
    actions.check_member(signed_in(request), consortium, organization=organization)
    messages.success(request, _("You confirmed who this member is."))
    return redirect("found:page", consortium)
