"""The forms of second factors in our words."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from amont.web.account.signin_forms import Plain


class Code(Plain, AuthenticateForm):  # type: ignore[misc]
    """A code of the application, or a recovery code, at sign-in."""


class CodeAgain(Plain, ReauthenticateForm):  # type: ignore[misc]
    """A code of the application, or a recovery code, before an act."""


class FirstCode(Plain, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an application."""


class AddKey(Plain, AddWebAuthnForm):  # type: ignore[misc]
    """A passkey, under a name of one's own; always one that signs in by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's signature
        """Ask for its name alone."""
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this passkey")
        self.fields["name"].help_text = _("Such as: my telephone, key in the safe.")
        self.fields["name"].required = True
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].widget = forms.HiddenInput()


class Mailed(forms.Form):
    """The code from the mail, before an act."""

    mailed = forms.CharField(
        label=_("Code from the mail"), widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )
