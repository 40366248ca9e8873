"""The description of the API that git keeps is the one that the code gives."""

import json

from amont.api.urls import DESCRIPTION, described


def test_the_description_in_git_is_current() -> None:
    text = json.dumps(described(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert DESCRIPTION.read_text(encoding="utf-8") == text, "run `make openapi` and look at what changed"


def test_every_operation_tells_its_problems_by_their_own_media_type() -> None:
    operations = [each for path in described()["paths"].values() for each in path.values()]  # type: ignore[attr-defined]
    assert operations
    for operation in operations:
        told = {status: set(answer.get("content", ())) for status, answer in operation["responses"].items()}
        assert {"401", "403", "429"} <= set(told)
        assert all(kinds == {"application/problem+json"} for status, kinds in told.items() if int(status) >= 400)
        assert operation["security"]
        assert operation["description"]
