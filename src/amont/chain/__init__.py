"""Links, request marks, invitations, own claims, and the bare walk."""
