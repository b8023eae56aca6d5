"""Front Door: the platform on which a council meets its public. docs/architecture.md shows the rooms."""
