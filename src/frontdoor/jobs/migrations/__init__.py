"""Signs of life of workers, and triggers that ring the bell of listening ones (PostgreSQL)."""
