"""Own certificates and documents: added, replaced, removed, and opened where they show."""
