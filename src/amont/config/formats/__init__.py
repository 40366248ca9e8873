"""How days and moments are written, one way for a language."""
