"""Writes of the cases room, one file per story. Each is part of the caller's transaction; `handling` writes
the journal entry of the whole story.
"""
