"""Bringing article lines, suppliers and supply paths; own lines and own book."""
