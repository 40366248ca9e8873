"""Double entry, money splits and parts of costs: what purchasing and shared costs both count with."""
