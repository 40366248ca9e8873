"""Views, one file a subject."""
