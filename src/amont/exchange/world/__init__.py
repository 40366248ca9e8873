"""World files in, views out: the two formats of the conformance commands."""
