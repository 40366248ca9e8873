"""Rebate files: a tier scheme and the events it counts, so that anyone can recompute a settlement."""
