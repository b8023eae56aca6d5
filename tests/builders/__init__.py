"""Builds the engines' definitions from plain data, so that tests read like packs."""
