"""Chains as pictures: folded, laid out and drawn here on the server, on the page and as files."""
