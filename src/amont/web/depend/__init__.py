"""What lines depend on: concentration, single stops, scenarios."""
