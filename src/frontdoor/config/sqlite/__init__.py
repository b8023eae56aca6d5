"""Django's SQLite, with writers that take turns: the engine of an embedded database."""
