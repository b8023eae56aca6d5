"""The manager's pages: figures of a period beside last year's, opened down to the contacts that make them."""
