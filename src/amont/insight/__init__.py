"""Coverage and dependency, computed from views."""
