"""What an organization does with its lines and files."""
