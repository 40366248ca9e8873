"""The programs' face: the same facts as pages, as JSON, for who comes with an access token."""
