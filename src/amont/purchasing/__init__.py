"""Buying together: tier schemes, settlements and shares, exact to the cent."""
