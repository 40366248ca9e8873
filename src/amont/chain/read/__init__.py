"""Chains as facts: own book and claims, and the walk of what others let the viewer see."""
