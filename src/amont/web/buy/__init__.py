"""Buying together: networks, agreements opened to them, joining one, what one bought and what one gets."""
