"""Triggers that ring the bell of listening workers (PostgreSQL)."""
