"""What lines depend on, reckoned from what one viewer knows: pure, no database, nothing of what is not shown."""
