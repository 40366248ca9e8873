"""Whose seats the demo's visitor may take: addresses of people that the demo itself made."""

PERSONAS = {
    "brand": "brand@demo.example",
    "rival": "rival@demo.example",
    "supplier": "supplier@demo.example",
}
BUYING = {
    "buyer": "buyer@demo.example",
    "owner": "owner@demo.example",
    "vendor": "vendor@demo.example",
}
"""Those who buy together, and who sells to them."""

GUEST = "guest@demo.example"
"""The address of an invitation that the demo leaves open, for the visitor to answer."""
