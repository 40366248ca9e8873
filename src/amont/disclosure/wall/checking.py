"""Whether the second wall holds the role that is at work: a server that could step past it does not start."""

from django.conf import settings
from django.db import connection

from amont.disclosure.guard import looking_as
from amont.disclosure.wall.passes import stand_before
from amont.disclosure.wall.raising import guarded
from amont.kernel.viewer import Viewer

_BYPASSES = """
SELECT
  (SELECT rolsuper OR rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = current_user),
  EXISTS (
    SELECT 1 FROM pg_catalog.pg_roles AS role
    WHERE role.rolname <> current_user
      AND (role.rolsuper OR role.rolbypassrls) AND pg_catalog.pg_has_role(current_user, role.oid, 'MEMBER')
  )
"""
_STANDING = """
SELECT relname, relrowsecurity AND relforcerowsecurity, pg_catalog.pg_has_role(current_user, relowner, 'MEMBER')
FROM pg_catalog.pg_class WHERE oid = ANY (%s::regclass[])
"""


def troubles() -> tuple[str, ...]:
    """Return why the role at work is not held by the second wall, each reason a sentence; nothing where it is.

    A database in a file has no roles: there the first wall stands alone.
    """
    if connection.vendor != "postgresql" or settings.MODE != "production":
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_BYPASSES)
        if any(cursor.fetchone()):
            return ("its database role is, or can become, one that passes all row security: see docs/operating.md",)
        cursor.execute(_STANDING, [[f'"{model._meta.db_table}"' for model in guarded()]])  # noqa: SLF001
        tables = cursor.fetchall()
    open_ones = sorted(name for name, stands, _owns in tables if not stands)
    if open_ones:
        return (f"the second wall is not raised (amont wall) on {', '.join(open_ones)}",)
    if any(owns for _name, _stands, owns in tables):
        return ("its database role owns the tables, and could take the second wall down: see docs/operating.md",)
    return _unknown_passes()


def _unknown_passes() -> tuple[str, ...]:
    stand_before(connection)
    with looking_as(Viewer(1)), connection.cursor() as cursor:
        cursor.execute("SELECT amont_wall.viewer()")
        if cursor.fetchone()[0] != 1:
            return ("the second wall does not know its passes: AMONT_SECRET_KEY has changed, run amont wall again",)
    return ()
