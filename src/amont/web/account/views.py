"""Pages of one's own account, of colleagues, of the organization one acts for."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Role, Viewer
from amont.parties import actions, may, read
from amont.web.account.forms import ROLE_CHOICES, InviteForm, JoinForm, RoleForm
from amont.web.account.signing import act_for, sign_in
from amont.web.account.tables import colleagues_written
from amont.web.shell.forms import show_refusal
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in
from amont.web.shell.stepping import step_up

RANKS = (Role.READER, Role.CONTRIBUTOR, Role.ADMIN)
"""Who may less, first."""
READ_OR_SEND = ("GET", "HEAD", "POST")


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    signed_in(request)
    return render(request, "account/me.html")


@require_safe
def organization(request: HttpRequest) -> HttpResponse:
    """Show one's organization and the colleagues in it."""
    colleagues = read.colleagues(signed_in(request))
    if is_file(request):
        return handed(request, colleagues_written(colleagues))
    return render(request, "account/organization.html", {"colleagues": colleagues, "roles": ROLE_CHOICES})


@step_up()
@require_http_methods(READ_OR_SEND)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague."""
    viewer = signed_in(request)
    may.administer(viewer)
    form = InviteForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            actions.invite_colleague(
                viewer, email=chosen["email"], role=Role(chosen["role"]), language=chosen["language"]
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": chosen["email"]})
            return redirect("account:organization")
    return render(request, "account/invite.html", {"form": form})


@require_POST
def withdraw(request: HttpRequest, invitation: str) -> HttpResponse:
    """Make an invitation stop working."""
    actions.withdraw_invitation(signed_in(request), invitation)
    messages.success(request, _("The invitation does not work any more."))
    return redirect("account:organization")


def _may_more(request: HttpRequest, person: str) -> bool:
    """Tell whether a role would let a colleague do more than now: to take away needs no proof."""
    now = next((each.role for each in read.colleagues(signed_in(request)) if each.person == person), None)
    asked = request.POST.get("role", "")
    return now is not None and asked in RANKS and RANKS.index(asked) > RANKS.index(now)


@step_up(_may_more)
@require_POST
def role(request: HttpRequest, person: str) -> HttpResponse:
    """Give a colleague another role."""
    viewer = signed_in(request)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise NotKnown
    try:
        actions.change_role(viewer, person=person, role=Role(form.cleaned_data["role"]))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The role is changed."))
    return redirect("account:organization")


@require_http_methods(READ_OR_SEND)
def remove(request: HttpRequest, person: str) -> HttpResponse:
    """Ask once more, then end a colleague's access."""
    viewer = signed_in(request)
    may.administer(viewer)
    found = next((each for each in read.colleagues(viewer) if each.person == person), None)
    if found is None:
        raise NotKnown
    refusal = None
    if request.method == "POST":
        try:
            actions.remove_colleague(viewer, person=person)
        except Refused as caught:
            refusal = caught
        else:
            messages.success(request, _("%(name)s has no access any more.") % {"name": found.name or found.email})
            return redirect("account:organization")
    return render(request, "account/remove.html", {"colleague": found, "refusal": refusal})


@require_http_methods(READ_OR_SEND)
def switch(request: HttpRequest) -> HttpResponse:
    """Choose the organization one acts for."""
    viewer = signed_in(request)
    if request.method == "POST" and viewer.person_id is not None:
        chosen = read.viewer_of(viewer.person_id, organization=request.POST.get("organization"))
        if chosen is not None:
            act_for(request, chosen)
        return redirect("/")
    return render(request, "account/switch.html", {"choices": read.choices(viewer.person_id or 0)})


@login_not_required
@require_http_methods(READ_OR_SEND)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invited colleague what the mailed link is; let it in, with a new account or the one signed in."""
    person = request.user.pk if request.user.is_authenticated else None
    welcome = read.welcome(token, person_id=person)
    form = JoinForm(request.POST if request.method == "POST" and person is None else None)
    if request.method == "POST" and not welcome.refusal and (person is not None or form.is_valid()):
        try:
            sign_in(request, _joined(token, form, person))
        except Refused as refusal:
            show_refusal(form, refusal) if person is None else messages.error(request, str(refusal))
        else:
            return redirect("/")
    shown = {"welcome": welcome, "form": form, "has_account": person is not None}
    return render(request, "account/join.html", shown, status=410 if welcome.refusal else 200)


def _joined(token: str, form: JoinForm, person: int | None) -> Viewer:
    if person is not None:
        return actions.join_by_account(person, token=token)
    said = form.cleaned_data
    language = get_language() or settings.LANGUAGE_CODE
    return actions.join_by_link(token=token, name=said["name"], password=said["password"] or None, language=language)
