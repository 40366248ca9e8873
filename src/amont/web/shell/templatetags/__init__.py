"""Typed components."""
