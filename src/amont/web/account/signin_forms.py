"""The forms of django-allauth in our words: a label above each field, nothing inside."""

from typing import Any

from allauth.account import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.http import int_to_base36
from django.utils.translation import gettext_lazy as _

from amont.parties import read as parties
from amont.web.account.even import link_to_nobody, look_anyway

LABELS: dict[str, Promise] = {
    "login": _("Work address"),
    "email": _("Work address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "code": _("Code"),
}


class Plain:
    """No placeholders, our own labels, no remark in a hint that is a list."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - allauth's signature
        """Rename the fields of the form underneath."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
        for name in ("password1", "password"):
            if name in self.fields:
                self.fields[name].help_text = _("At least 12 characters.") if name == "password1" else ""


class Login(Plain, forms.LoginForm):  # type: ignore[misc]
    """Address and password."""


class RequestCode(Plain, forms.RequestLoginCodeForm):  # type: ignore[misc]
    """The address that a code is sent to."""

    def clean_email(self) -> str:
        """Return the address, in as many queries whether it has an account or not."""
        email = str(super().clean_email())
        look_anyway(email)
        return email


class ConfirmCode(Plain, forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the mail."""


class ResetPassword(Plain, forms.ResetPasswordForm):  # type: ignore[misc]
    """The address that a link is sent to."""

    def clean_email(self) -> str:
        """Return the address, in as many queries whether it has an account or not."""
        email = str(super().clean_email())
        look_anyway(email)
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:  # noqa: ANN401 - allauth's signature
        """Mail a link, or that there is no account, in as many queries."""
        if not self.users:
            link_to_nobody(self.cleaned_data["email"], kwargs.get("token_generator") or forms.default_token_generator)
        return str(super().save(request, **kwargs))


class ResetPasswordFromKey(Plain, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, after the link."""


class PersonOfLink(forms.UserTokenForm):  # type: ignore[misc]
    """Whom a mailed link to a new password is for, by public id."""

    def _get_user(self, uidb36: str) -> Any:  # noqa: ANN401 - allauth's signature
        return super()._get_user(int_to_base36(parties.person_by(uidb36)))


class ChangePassword(Plain, forms.ChangePasswordForm):  # type: ignore[misc]
    """A new password, with the present one."""


class SetPassword(Plain, forms.SetPasswordForm):  # type: ignore[misc]
    """A first password."""


class ChangeAddress(Plain, forms.AddEmailForm):  # type: ignore[misc]
    """A new address."""


class Reauthenticate(Plain, forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""
