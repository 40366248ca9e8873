"""What tests of the ledger share: two firms, and the script that an outsider runs."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from amont.kernel.viewer import Viewer
from amont.parties.actions import open_account

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "verify_ledger.py"


@pytest.fixture(scope="session")
def script() -> ModuleType:
    """Return docs/verify_ledger.py as a module: it stands in no package."""
    spec = importlib.util.spec_from_file_location("verify_ledger", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify_ledger"] = module
    spec.loader.exec_module(module)
    return module


def _firm(name: str) -> Viewer:
    return open_account(
        email=f"{name}@firm.example",
        person_name=name.title(),
        organization_name=f"Maison {name.title()}",
        country="FR",
        language="en",
    )


@pytest.fixture
def claire(db: None) -> Viewer:  # noqa: ARG001 - rows need the database
    """A firm."""
    return _firm("claire")


@pytest.fixture
def tom(db: None) -> Viewer:  # noqa: ARG001
    """Another."""
    return _firm("tom")
