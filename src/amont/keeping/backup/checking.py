"""Whether the database was put back from a copy made before the last act that the journal holds."""

from django.conf import settings

from amont.keeping.backup.restore import is_behind


def behind() -> tuple[str, ...]:
    """Return why a server must not start on this database: what was ended since would stand again."""
    if not is_behind(settings.JOURNAL):
        return ()
    return ("the database lacks the last act of the journal: `amont restore` (without a file) does it again",)
