"""Pages of those who are let in: auditors, and the operator's staff, who see accounts and deliveries, no content."""
