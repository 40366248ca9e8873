"""Signing in, one's own account, colleagues, and the organization one acts for."""
