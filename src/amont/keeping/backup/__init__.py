"""Backup and restore: one format for both databases, keys of documents in a file of their own."""
