"""Tables of what a person keeps of its own looking: saved filters, and what it last saw of its lines."""

from django.db import models

from amont.disclosure.guard import Owned
from amont.kernel.ids import new_public_id


class SavedFilter(Owned):
    """A filter of the list of all lines that one person keeps under a name."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    person = models.ForeignKey("parties.Person", models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=600, help_text="the part of the address after the question mark")

    class Meta(Owned.Meta):
        """A person gives a name once in an organization."""

        constraints = (models.UniqueConstraint(fields=("owner", "person", "name"), name="insight_filter_once"),)

    def __str__(self) -> str:
        """Return the public id: no name."""
        return self.public_id


class Visit(Owned):
    """What one person saw of its organization's lines: at its last look, and at the end of the visit before.

    Marks by line are those of `rules.mark_of`: numbers and codes, no names.
    """

    person = models.ForeignKey("parties.Person", models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    seen = models.JSONField(default=dict)
    before_at = models.DateTimeField(null=True)
    before = models.JSONField(default=dict)

    class Meta(Owned.Meta):
        """One row for a person in an organization."""

        constraints = (models.UniqueConstraint(fields=("owner", "person"), name="insight_visit_once"),)

    def __str__(self) -> str:
        """Return the row's number."""
        return f"visit {self.pk}"
