"""What outlasts the database: backups, restoring, and what must not come back with them."""
