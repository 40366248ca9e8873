"""Asking for more than one's view gives: from a nameless place, under one's own name (disclosure rule, 3.5)."""

from amont.disclosure import actions as disclosure
from amont.disclosure.actions import Keeper
from amont.kernel.viewer import Viewer
from amont.sight.cut.whole import keepers_of


def ask_for_more(viewer: Viewer, place: str, *, purpose: str) -> None:
    """Ask, under the viewer's own name, to be told who stands at a nameless place (its pseudonym).

    Each owner that keeps it nameless on the ways from its head is asked, by itself, about its own link. The answer is
    the same whatever they say. Raises `NotKnown` for a place that is not nameless in the view, `Denied` to readers
    and unchecked firms, `Refused` without a purpose.
    """
    key, keepers = keepers_of(viewer, place)
    disclosure.ask_owners(viewer, place=place, key=key, purpose=purpose, keepers=[Keeper(*each) for each in keepers])
