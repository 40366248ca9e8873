"""The one door to others' data: what the walk returned, dressed with facts by the level table."""
