"""Views of founding, of seats, and of the consortium."""
