"""Files in and out: parsed into actions, written from facts."""
