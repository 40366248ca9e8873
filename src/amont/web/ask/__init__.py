"""Asking suppliers, and following what one asked."""
