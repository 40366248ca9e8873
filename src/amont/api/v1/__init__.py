"""The first version, resource by resource."""
