"""Rules of accounting: numbers and records in, records out."""
