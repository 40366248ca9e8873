"""Indexes of countries, each with its source and edition: read whole or refused, pure."""
