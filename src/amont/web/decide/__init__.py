"""Members decide: a change is proposed, read against today, voted on."""
