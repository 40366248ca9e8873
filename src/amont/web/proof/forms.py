"""The form of a document."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amont.evidence.rules import MOST_BYTES, Media


class DocumentForm(forms.Form):
    """A document to add."""

    file = forms.FileField(
        label=_("Document"),
        help_text=format_lazy(
            _("A PDF, a picture or an office document without macros, up to {most} MB."),
            most=MOST_BYTES // (1024 * 1024),
        ),
        allow_empty_file=True,
        error_messages={"required": _("Choose a document.")},
        widget=forms.FileInput(attrs={"accept": ",".join(f".{each.ending}" for each in Media)}),
    )
