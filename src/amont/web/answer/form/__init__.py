"""The form of a supplier: one for all its customers' lines, one subject a page."""
