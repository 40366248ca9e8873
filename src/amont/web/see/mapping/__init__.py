"""Chains on a map of the world: where each place stands, as far as the viewer may know, and the ways between."""
