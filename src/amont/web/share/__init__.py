"""Who sees what: decisions, see-as, and asking for more."""
