"""Leaks to plant where a firm recognizes invitations that were sent to its other addresses."""

from typing import Any

import pytest

from amont.chain.facts_alike import ReasonFact
from amont.chain.models import Invitation
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.requests.read import recognizing
from disclosure.planting import Leak, everything

WHY = (ReasonFact("same_domain", {}, is_for=True),)


def invitations_of_other_houses(patch: pytest.MonkeyPatch) -> None:
    """Whoever signs in is shown what was sent to any firm that is invited."""

    def told(viewer: Viewer) -> list[recognizing.Meant]:
        with everything():
            rows = Invitation.objects.filter(used_at=None).exclude(owner_id=viewer.organization_id).order_by("pk")
            said = list(rows.values_list("pk", "public_id", "email", "contact__name"))
        return [recognizing.Meant(key, ref, email, name, WHY) for key, ref, email, name in said]

    patch.setattr(recognizing, "meant", told)


def a_domain_is_enough(patch: pytest.MonkeyPatch) -> None:
    """Whoever has a mailbox under the same domain is shown it, whatever firm it was for."""

    def house(_viewer: Viewer) -> Any:
        return "", Organization(name="", country=""), "firm.example"

    patch.setattr(recognizing, "_house", house)
    patch.setattr(recognizing, "is_concerned", lambda *_, **__: True)


RECOGNIZING: dict[str, Leak] = {
    "an invitation of another firm": Leak(invitations_of_other_houses, "victor", ("answer:tasks",)),
    "an invitation to who shares a domain": Leak(a_domain_is_enough, "victor", ("answer:tasks",)),
}
