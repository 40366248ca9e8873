"""Certificates, and the items that rely on them."""
