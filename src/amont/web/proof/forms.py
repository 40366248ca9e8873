"""Forms of a document, and of a certificate that is renewed."""

from typing import Any

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


class RenewalForm(DocumentForm):
    """What a renewed certificate says: until when, and its number and document where these are new."""

    valid_until = forms.DateField(
        label=_("Valid until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    number = forms.CharField(
        label=_("Number"), required=False, max_length=80, help_text=_("Leave it as it is where it has not changed.")
    )
    field_order = ("valid_until", "number", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as every form takes them
        """Make a form whose document may be left out."""
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
