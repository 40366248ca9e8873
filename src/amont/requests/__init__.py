"""Requests, answers, drafts, and the cascade from one tier to the next."""
