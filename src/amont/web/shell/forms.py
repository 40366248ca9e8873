"""What forms and refusals have in common."""

from django import forms

from amont.kernel.errors import Refused


def show_refusal(form: forms.Form, refusal: Refused) -> None:
    """Put what an action refused beside the fields of the form; what fits no field stands above the form."""
    for field, messages in refusal.errors.items():
        for message in messages:
            form.add_error(field if field in form.fields else None, str(message))
