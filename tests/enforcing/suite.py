"""The tests that hold the enforcing modules: few, quick, and enough to take every branch and to kill mutants."""

SUITE = (
    "tests/web/test_letting_in.py",
    "tests/disclosure/test_policy.py",
    "tests/disclosure/test_lending.py",
    "tests/disclosure/test_pooling.py",
    "tests/disclosure/test_concerned.py",
    "tests/disclosure/test_walk_example.py",
    "tests/disclosure/test_documentation.py",
    "tests/disclosure/test_small_worlds.py",
    "tests/house/test_guard.py",
    "tests/sight/test_pseudonyms.py",
    "tests/sight/test_cutting.py",
    "tests/sight/test_own_links.py",
    "tests/sight/test_preview.py",
    "tests/sight/test_facts_by_level.py",
    "tests/sight/test_chains.py",
    "tests/sight/test_edges.py",
    "tests/sight/test_former_facts.py",
    "tests/disclosure/test_grants.py",
    "tests/chain/test_snapshot.py",
)
