"""Own lines and files brought, as facts."""
