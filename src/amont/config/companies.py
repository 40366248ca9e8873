"""Companies that sign their people in by themselves (OpenID Connect), from the operator's file."""

import json
from pathlib import Path
from typing import Any

LEAST_ID = 16
WORDS = ("id", "name", "server_url", "client_id", "secret", "domains")


def companies(path: str) -> tuple[list[dict[str, Any]], dict[str, str], list[str]]:
    """Return what django-allauth wants of each company, the company of each mail domain, and what is wrong.

    The file holds a JSON list; each entry has id, name, server_url, client_id, secret and domains. The id is part of
    the company's address for signing in, which only its own people may know: 16 characters that nobody guesses.
    """
    if not path:
        return [], {}, []
    try:
        rows = json.loads(Path(path).read_text(encoding="utf-8"))
        wrong = [trouble for row in rows if (trouble := _trouble(row))]
    except (OSError, ValueError, TypeError, AttributeError) as unread:
        return [], {}, [f"AMONT_OIDC_FILE cannot be read: {unread}"]
    if wrong:
        return [], {}, wrong
    return [_app(row) for row in rows], {domain.lower(): row["id"] for row in rows for domain in row["domains"]}, []


def _trouble(row: dict[str, Any]) -> str:
    missing = [word for word in WORDS if not row.get(word)]
    if missing:
        return f"AMONT_OIDC_FILE: {row.get('name', 'a company')} lacks {', '.join(missing)}"
    if len(row["id"]) < LEAST_ID or not row["id"].isalnum():
        return f"AMONT_OIDC_FILE: the id of {row['name']} is not {LEAST_ID} letters and digits that nobody guesses"
    is_safe = row["server_url"].startswith(("https://", "http://127.0.0.1:", "http://localhost:"))
    return "" if is_safe else f"AMONT_OIDC_FILE: server_url of {row['name']} is not https"


def _app(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "provider_id": row["id"],
        "name": row["name"],
        "client_id": row["client_id"],
        "secret": row["secret"],
        "settings": {
            "server_url": row["server_url"],
            "verified_email": list(row["domains"]),
            "oauth_pkce_enabled": True,
        },
    }
