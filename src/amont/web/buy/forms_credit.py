"""The form of electronic credit notes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CreditForm(forms.Form):
    """What a credit note needs that is not known here."""

    vat = forms.CharField(
        label=_("Your VAT number"), max_length=20, help_text=_("It stands on each credit note; it is not kept here.")
    )
    first = forms.CharField(
        label=_("Number of the first credit note"),
        max_length=40,
        help_text=_("The others count on from it: AV-2026-0007, AV-2026-0008."),
    )
