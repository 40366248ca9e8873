"""A whole world put into an empty database at once, so that the rules can be held against another implementation."""
