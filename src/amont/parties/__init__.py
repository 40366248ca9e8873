"""Organizations, people, and which person acts for which organization."""
