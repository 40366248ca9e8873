"""Who may know: levels, grants, policy, and the guard of single records."""
