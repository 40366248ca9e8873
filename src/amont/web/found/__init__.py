"""Founding a consortium, taking a seat in one, and the page of one's consortium."""
