"""The demo without sign-up: three pictures of one chain, and a seat behind each. Routed in demo mode only."""
