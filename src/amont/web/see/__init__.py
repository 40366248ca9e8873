"""Seeing: a line's chain as tree, drawing and table, all lines at once, one's own items, and who sees what."""
