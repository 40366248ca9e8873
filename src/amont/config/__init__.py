"""Settings, root urls, and the entry points of servers."""
