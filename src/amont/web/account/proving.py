"""Asking "is it you?" before what needs a fresh proof, and keeping what was about to be sent meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.core.internal import ratelimit
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django import forms
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from amont.kernel import clock, ids
from amont.post import actions as post
from amont.web.account.factor_forms import CodeAgain, Mailed
from amont.web.account.factors import Factors, factors_of, has_password
from amont.web.account.signin_forms import Reauthenticate
from amont.web.shell.middleware import Next
from amont.web.shell.stepping import READING, View, is_fresh, needs_proof, proved_now

FIELD = "step"
ACT, FIRST = f"{FIELD}-act", f"{FIELD}-first"
CODE = "step_code"
TRIES = 5
RATES = {"step_up_mail": "5/10m/user", "step_up": "10/5m/user"}
Kept = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ways:
    """By what a person may prove that it is there: who has set up a second factor by that alone."""

    demo: bool = False
    factor: bool = False
    key: bool = False
    password: bool = False
    mail: bool = False


class StepUpMiddleware:
    """Stands before every view: what needs a fresh proof is reached with one only."""

    def __init__(self, get_response: Next) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: object, kwargs: dict[str, str]
    ) -> HttpResponse | None:
        """Ask for a proof where one is needed and there is none that is fresh; take the one that comes with a form."""
        if not request.user.is_authenticated or not needs_proof(request, view, kwargs):
            return None
        first = request.POST.get(FIRST, request.method or "")
        if not is_fresh(request):
            form = _proof(request)
            if form is None or not form.is_valid():
                return _asked(request, form, first)
            _take(request, form)
        if request.method == "POST" and first in READING:
            return render(request, "account/proved.html", {"back": request.get_full_path()})
        _forget(request)
        return None


def ways_of(request: HttpRequest, factors: Factors) -> Ways:
    """Return by what the signed-in person may prove that it is there."""
    if settings.DEMO:
        return Ways(demo=True)
    if factors.has_any:
        return Ways(factor=factors.has_app or bool(factors.codes_left), key=bool(factors.keys))
    return Ways(password=has_password(request), mail=True)


def _proof(request: HttpRequest) -> forms.Form | None:
    """Return the form that proves, filled in with what was sent; none where nothing was, or only a mail asked for."""
    act = request.POST.get(ACT, "")
    ways = ways_of(request, factors_of(request.user.pk or 0))
    if act == "mail" and ways.mail:
        _mail_a_code(request)
        return None
    made: dict[str, Callable[[], forms.Form]] = {
        "demo": lambda: forms.Form(request.POST),
        "password": lambda: Reauthenticate(request.POST, prefix=FIELD, user=request.user),
        "factor": lambda: CodeAgain(request.POST, prefix=FIELD, user=request.user),
        "key": lambda: ReauthenticateWebAuthnForm(request.POST, prefix=FIELD, user=request.user),
        "mailed": lambda: _mailed(request),
    }
    is_way = act in made and (ways.mail if act == "mailed" else getattr(ways, act))
    if not is_way:
        return None
    if not _consume(request, "step_up"):
        form = forms.Form(request.POST)
        form.full_clean()
        form.add_error(None, _("Too many tries. Wait a few minutes, then try again."))
        return form
    return made[act]()


def _consume(request: HttpRequest, act: str) -> bool:
    return bool(ratelimit.consume(request, app="amont", action=act, config=RATES, user=request.user))


def _asked(request: HttpRequest, form: forms.Form | None, first: str) -> HttpResponse:
    """Show what proves, with all that was about to be sent kept in the same form."""
    ways = ways_of(request, factors_of(request.user.pk or 0))
    shown = {
        "ways": ways,
        "tried": form,
        "act": request.POST.get(ACT, ""),
        "kept": _kept(request),
        "first": first,
        "is_file": first in READING,
        "mailed": CODE in request.session and ways.mail,
        "password_form": _or_new(form, Reauthenticate(prefix=FIELD, user=request.user)),
        "factor_form": _or_new(form, CodeAgain(prefix=FIELD, user=request.user)),
        "mailed_form": _or_new(form, Mailed(prefix=FIELD)),
        "key_options": {"request_options": begin_authentication(request.user)} if ways.key else None,
    }
    return render(request, "account/prove.html", shown, status=403)


def _or_new(tried: forms.Form | None, new: forms.Form) -> forms.Form:
    return tried if tried is not None and type(tried) is type(new) else new


def _kept(request: HttpRequest) -> Kept:
    """Return what was about to be sent, field by field."""
    own = ("csrfmiddlewaretoken", f"{FIELD}-")
    return [(name, value) for name, values in request.POST.lists() if not name.startswith(own) for value in values]


def _forget(request: HttpRequest) -> None:
    """Let the view find what was about to be sent, and nothing of the proof."""
    if ACT in request.POST:
        left = QueryDict(mutable=True)
        for name, value in _kept(request):
            left.appendlist(name, value)
        request.POST = left  # type: ignore[assignment]


def _take(request: HttpRequest, form: forms.Form) -> None:
    if isinstance(form, CodeAgain | ReauthenticateWebAuthnForm):
        form.save()
    request.session.pop(CODE, None)
    proved_now(request)


@transaction.atomic
def _mail_a_code(request: HttpRequest) -> None:
    """Write a code to the person's address: it works for ten minutes, in this browser only."""
    person = request.user
    if not person.is_authenticated or not _consume(request, "step_up_mail"):
        return
    code = ids.new_public_id()[:8].upper()
    request.session[CODE] = {"is": Signer().sign(ids.digest_of(code)), "at": clock.now().isoformat(), "tries": 0}
    post.write(
        cause=f"step {ids.new_public_id()}",
        to=person.email,
        language=person.language,
        subject=_("Your code to go on in Amont"),
        text=_(
            "Somebody who is signed in as you wants to go on with an act that asks who you are.\n\n"
            "If it is you, type this code: %(code)s\n\n"
            "It works for %(minutes)s minutes. If it is not you, sign the other browsers out: %(link)s"
        )
        % {"code": code, "minutes": settings.STEP_UP_MINUTES, "link": f"{settings.BASE_URL}/accounts/security/"},
    )


def _mailed(request: HttpRequest) -> forms.Form:
    """Return the form of the mailed code, with what is wrong with it."""
    form = Mailed(request.POST, prefix=FIELD)
    if form.is_valid() and not _is_code(request, form.cleaned_data["mailed"]):
        form.add_error("mailed", _("This is not the code of the last mail, or it is too old."))
    return form


def _is_code(request: HttpRequest, typed: str) -> bool:
    kept = request.session.get(CODE)
    if kept is None or kept["tries"] >= TRIES:
        return False
    request.session[CODE] = {**kept, "tries": kept["tries"] + 1}
    age = clock.now() - datetime.fromisoformat(kept["at"])
    try:
        right = Signer().unsign(kept["is"])
    except BadSignature:
        return False
    is_young = timedelta(0) <= age < timedelta(minutes=settings.STEP_UP_MINUTES)
    return is_young and right == ids.digest_of(typed.strip().upper())
