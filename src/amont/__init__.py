"""Amont: a sector's supply chains, traced together and disclosed by their owners."""
