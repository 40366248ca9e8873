"""Pages about how one signs in: passkeys, codes, and where one is signed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amont.web.account.factors import codes_of, drop_key, factors_of, has_password
from amont.web.account.sessions import end, sessions_of
from amont.web.shell.middleware import signed_in
from amont.web.shell.stepping import always, step_up


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Show one's second factors, and where one is signed in."""
    viewer = signed_in(request)
    shown = {
        "factors": factors_of(viewer.person_id or 0),
        "sessions": sessions_of(request),
        "has_password": has_password(request),
    }
    return render(request, "account/security.html", shown)


@step_up(always)
@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes that were not used."""
    viewer = signed_in(request)
    return render(request, "mfa/recovery_codes/index.html", {"unused_codes": codes_of(viewer.person_id or 0)})


@step_up()
@require_POST
def remove_key(request: HttpRequest, key: str) -> HttpResponse:
    """Remove a passkey."""
    signed_in(request)
    drop_key(request, key)
    messages.success(request, _("The passkey is removed."))
    return redirect("mfa_index")


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """Sign another browser out, or all others."""
    signed_in(request)
    end(request, request.POST.get("session", ""))
    messages.success(request, _("Signed out there."))
    return redirect("mfa_index")
