"""The forms of second factors in our words."""

from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode, websafe_encode

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


class UseKey(LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey that signs in by itself: it names its person by the public id."""

    def clean_credential(self) -> Any:  # noqa: ANN401 - allauth's signature
        """Find the person that the passkey names, and let it be verified."""
        said = self.cleaned_data["credential"]
        try:
            named = websafe_decode(said["response"]["userHandle"]).decode()
            person = get_user_model().objects.get(public_id=named)
        except (KeyError, TypeError, ValueError, ObjectDoesNotExist) as nobody:
            raise ValidationError(get_adapter().error_messages["incorrect_code"]) from nobody
        said["response"]["userHandle"] = websafe_encode(user_pk_to_url_str(person).encode())
        return super().clean_credential()


class Mailed(forms.Form):
    """The code from the mail, before an act."""

    mailed = forms.CharField(
        label=_("Code from the mail"), widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )
