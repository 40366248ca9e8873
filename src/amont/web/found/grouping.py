"""Questions as choices, under what they are about, each with the minutes it costs."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amont.consortia.facts import AnswerType, Question, Subject

GROUPS: dict[str, Promise] = {
    "form": gettext_lazy("The product, in the form of each line"),
    Subject.COMPANY: gettext_lazy("The firm, asked once"),
    Subject.SITE: gettext_lazy("Each site, asked once"),
    Subject.INGREDIENT: gettext_lazy("Ingredients and raw materials"),
    Subject.PACKAGING: gettext_lazy("Packaging"),
}


def grouped(questions: Iterable[Question], language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return questions as grouped choices, in the order of the bank."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in questions:
        group = "form" if each.type is AnswerType.FORM else each.about[0]
        label = _("%(question)s (%(minutes)s min)") % {"question": each.label(language), "minutes": each.minutes}
        found.setdefault(group, []).append((each.code, label))
    return [(str(GROUPS[group]), choices) for group, choices in found.items()]
