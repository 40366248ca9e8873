"""Small forms of the list of all lines."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """A name for a filter to keep."""

    name = forms.CharField(label=_("Keep this filter as"), max_length=80, required=False)
