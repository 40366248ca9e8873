"""Pages, cut by what a person does."""
