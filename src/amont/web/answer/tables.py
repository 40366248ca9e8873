"""Tasks as a file: what the page of tasks shows, open ones first."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amont.exchange.writing import Written, columns
from amont.requests.facts import Task

STATES: dict[str, Promise] = {
    "open": gettext_lazy("to answer"),
    "accepted": gettext_lazy("to answer"),
    "answered": gettext_lazy("answered"),
    "declined": gettext_lazy("declined"),
    "not_mine": gettext_lazy("not supplied by us"),
}


def tasks_written(tasks: Iterable[Task]) -> Written:
    """Return tasks, a row each."""
    headed = (_("Product"), _("Customer"), _("Contact person"), _("Mail"), _("Why"), _("By"), _("State"), _("Reason"))
    rows = (
        (
            *(task.reference, task.asker.organization, task.asker.person, task.asker.email, task.purpose),
            *(task.due_on, str(STATES.get(task.status, "")), task.reason),
        )
        for task in tasks
    )
    return Written(_("Tasks"), columns(*headed), rows)
