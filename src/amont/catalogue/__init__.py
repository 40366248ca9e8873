"""Items, sites, and the lists that their families, steps and units come from."""
