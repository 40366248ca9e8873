"""Home, and how far one's own lines are traced."""
