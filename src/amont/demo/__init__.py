"""The made-up consortium: its cast, its wares, and the play, acted through the product's own actions."""
