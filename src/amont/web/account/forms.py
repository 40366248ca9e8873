"""Forms about accounts and colleagues."""

from django import forms
from django.utils.translation import gettext_lazy as _

from amont.kernel.viewer import Role
from amont.web.shell.context import ROLES

LANGUAGES = (("fr", "Français"), ("en", "English"))
ROLE_CHOICES = [(role.value, word) for role, word in ROLES.items()]


class InviteForm(forms.Form):
    """A colleague to invite."""

    email = forms.EmailField(label=_("Work address"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=ROLE_CHOICES,
        initial=Role.CONTRIBUTOR.value,
        widget=forms.RadioSelect,
        help_text=_(
            "An administrator also invites colleagues. A contributor brings data, asks and answers. A reader reads."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=LANGUAGES)


class RoleForm(forms.Form):
    """Another role for a colleague."""

    role = forms.ChoiceField(choices=ROLE_CHOICES)


class JoinForm(forms.Form):
    """What an invited colleague says of itself; a password is optional."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        required=False,
        help_text=_("At least 12 characters. Leave it empty to sign in with a code sent by mail each time."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class LetterCodeForm(forms.Form):
    """The code from the letter."""

    code = forms.CharField(
        label=_("Code from the letter"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
