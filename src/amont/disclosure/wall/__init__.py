"""The second wall: the database itself gives a row to nobody but those whom the guard would give it to."""
