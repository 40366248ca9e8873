"""Mail: it leaves through the outbox only."""
