"""Making two rows of one's own book one, and taking that back."""
