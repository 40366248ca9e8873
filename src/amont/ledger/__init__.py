"""What was done by whom: append-only, chained by hashes."""
