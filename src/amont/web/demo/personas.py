"""Whose seats the demo's visitor may take: addresses of people that the demo itself made."""

PERSONAS = {
    "brand": "brand@demo.example",
    "rival": "rival@demo.example",
    "supplier": "supplier@demo.example",
}

GUEST = "guest@demo.example"
"""The address of an invitation that the demo leaves open, for the visitor to answer."""
