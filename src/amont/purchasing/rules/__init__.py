"""Rules of purchasing: numbers and records in, records out; no database, no clock, no viewer."""
