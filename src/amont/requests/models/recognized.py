"""What a firm said of invitations that were sent to another address of its house."""

from django.db import models

from amont.chain.models import Invitation
from amont.disclosure.guard import Owned
from amont.kernel.clock import now


class Recognized(Owned):
    """An invitation to another address: the firm recognized it as its own and took it up, or said that it is not."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="+")
    is_ours = models.BooleanField()
    joined = models.JSONField(default=list, help_text="consortia (public ids) of which it became a partner by it")
    said_at = models.DateTimeField(default=now)

    class Meta(Owned.Meta):
        """A firm says one thing of an invitation."""

        constraints = (models.UniqueConstraint(fields=("owner", "invitation"), name="requests_recognized_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"recognized {self.pk}"
