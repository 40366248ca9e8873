"""Consortia: their charters, floors, and who takes part."""
