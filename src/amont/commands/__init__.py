"""The `amont` command line: parse arguments, call an action."""
