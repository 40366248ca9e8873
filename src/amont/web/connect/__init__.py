"""Access by programs: the tokens they come with, and the addresses that are called."""
