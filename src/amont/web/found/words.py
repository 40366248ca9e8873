"""What a charter says, in words: levels are never shown as numbers."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amont.consortia.facts import Needed, SeatState

CUSTOMERS: dict[int, Promise] = {
    3: _("The supplier by name, its site with the town, its certificates with their numbers"),
    4: _("The same, and also coordinates, documents, exact shares, stocks and the contact person"),
}
REQUESTERS: dict[int, Promise] = {
    0: _("Only that there is someone more, nothing else"),
    1: _("Country, process step and family, counted together: no firm can be told from another"),
    2: _(
        "Each firm apart but without its name: country, step, family, which certificates are valid, how the chain ends"
    ),
    3: _("Each firm by name, with its site and its certificates"),
}
CHAIN: dict[int, Promise] = {
    0: _("Only that there is someone more, nothing else"),
    1: _("Country, process step and family, counted together: no firm can be told from another"),
    2: _(
        "Each firm apart but without its name: country, step, family, which certificates are valid, how the chain ends"
    ),
}
FLOORS: dict[int, Promise] = {
    1: _("At least country, step and family"),
    2: _("At least each firm apart, without its name"),
    3: _("At least each firm by name"),
}
ALL: dict[int, Promise] = {**REQUESTERS, 4: CUSTOMERS[4]}
ALL_FLOORS: dict[int, Promise] = {**FLOORS, 4: _("Everything, coordinates and documents included")}


def customers(level: int) -> Promise:
    """Return what those who buy see: they see at least the name, whatever the charter says."""
    return CUSTOMERS[max(3, level)]


SEATS: dict[SeatState, Promise] = {
    SeatState.TAKEN: _("joined"),
    SeatState.EXPIRED: _("expired"),
    SeatState.FAILED: _("mail did not arrive"),
    SeatState.SENT: _("mail sent"),
    SeatState.WAITING: _("mail on its way"),
}
NEEDED = {
    Needed.YES: _("to be answered"),
    Needed.NO: _("optional"),
    Needed.EITHER: _("this one or the other, where both are asked"),
}
ALONE = _("Stock and time to switch are asked of each input: ask for the inputs as well.")
