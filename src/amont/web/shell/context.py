"""What every page's template may use."""

from django.conf import settings
from django.http import HttpRequest

from amont.parties import read as parties


def shell(request: HttpRequest) -> dict[str, object]:
    """Return who looks (`me`, an organization's facts or None), its menu, and whether this is a demo."""
    viewer = getattr(request, "viewer", None)
    return {"me": parties.me(viewer) if viewer else None, "viewer": viewer, "is_demo": settings.DEMO}
