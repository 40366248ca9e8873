"""What can go wrong between a face and an action, and nothing else."""

from collections.abc import Mapping, Sequence


class AmontError(Exception):
    """Anything that is told to a person in words."""


class NotKnown(AmontError):
    """It does not exist, or the viewer may not know that it does: one answer, 404."""


class Denied(AmontError):
    """It is visible, but this viewer may not do this; the message says why: 403."""


class Refused(AmontError):
    """The values do not do. `errors` maps a field (or "" for the whole) to what is wrong, in words for the user."""

    def __init__(self, errors: Mapping[str, Sequence[object]] | object) -> None:
        """Take either a mapping of fields to messages or one message for the whole."""
        self.errors: dict[str, list[object]] = (
            {field: list(found) for field, found in errors.items()} if isinstance(errors, Mapping) else {"": [errors]}
        )
        super().__init__("; ".join(str(found) for each in self.errors.values() for found in each))
