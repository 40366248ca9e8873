"""Words that belong to nobody: ids, moments, errors, who looks. No Django, no domain."""
