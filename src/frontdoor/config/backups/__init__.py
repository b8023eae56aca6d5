"""Backups: everything that was entered in one file, and back again.

`archive` is the file and its checks, `sqlite_copy` and `postgres_copy` take the database out and put it back,
`making` and `restoring` are the two stories that the commands tell.
"""
