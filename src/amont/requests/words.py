"""What is said on pages and in mails about purposes, refusals and mistakes."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from amont.consortia.facts import Question
from amont.requests.facts import Purpose
from amont.requests.rules_answers import Wrong

PURPOSES = {
    Purpose.TRACEABILITY: _("To know where our products come from"),
    Purpose.VIGILANCE: _("Duty of vigilance: risks for people and the environment"),
    Purpose.DEFORESTATION: _("European regulation on deforestation"),
    Purpose.FORCED_LABOUR: _("European regulation on forced labour"),
    Purpose.SUPPLY_SECURITY: _("Security of supply"),
}

MISTAKES = {
    "missing": _("Fill this in."),
    "choose": _("Choose from the list."),
    "long": _("This is too long."),
    "number": _("Enter a whole number, or leave it empty."),
    "date": _("Enter a date, or leave it empty."),
    "twice": _("This stands here twice."),
    "address": _("Enter an address such as name@firm.example."),
    "inputs_or_end": _("Say what it is made from, or how the chain ends here."),
    "inputs_and_end": _("Either the chain ends here, or it is made from inputs: not both."),
    "goes_on": _("You have named before what it is made from: it does not end here."),
    "no_source": _("Say where this comes from: add a source."),
    "not_known": _("This is not in your list."),
    "itself": _("An item is not made from itself."),
    "reference": _("Another item of yours has this reference. Choose that item, or another reference."),
}

CLOSED = {
    "used": _("This invitation was used already. Sign in to find your requests."),
    "declined": _("This invitation was declined."),
    "cancelled": _("This invitation was withdrawn."),
    "replaced": _("This invitation was passed on to a colleague, who has a link of their own."),
    "expired": _("This invitation has expired."),
}

OTHER_ADDRESS = _("This invitation was sent to another address. Sign out, then open the link again.")


def purpose(code: str) -> str:
    """Return the words for a purpose, in the language of the moment."""
    return str(PURPOSES[Purpose(code)]) if code in set(Purpose) else code


WRONG = {
    "formula": _("This looks like a formula. Write the value itself."),
    "one": _("Give one answer only."),
    "number_plain": _("Enter a number."),
    "day_plain": _("Enter a day such as 2026-03-31 or 31/03/2026."),
}


def wrong(trouble: Wrong, question: Question) -> str:
    """Return what is wrong with a written value, and what would do, in the language of the moment."""
    language = get_language() or "en"
    told = {
        "formula": str(WRONG["formula"]),
        "one": str(WRONG["one"]),
        "number": str(WRONG["number_plain"]),
        "date": str(WRONG["day_plain"]),
    }
    if trouble.code in told:
        return told[trouble.code]
    if trouble.code == "long":
        return gettext("This is too long: at most %(most)s.") % {"most": trouble.told}
    if trouble.code == "choose":
        return gettext("“%(value)s” is not in the list. Choose from it.") % {"value": trouble.told}
    if trouble.code == "unit":
        return gettext("Give it in %(unit)s, the number alone.") % {"unit": question.unit(language)}
    low, _dash, high = trouble.told.partition("/" if trouble.code == "day" else "-")
    if trouble.code == "day":
        return gettext("Enter a day between %(first)s and %(last)s.") % {"first": low, "last": high}
    return gettext("Enter a number between %(low)s and %(high)s.") % {"low": low, "high": high}
