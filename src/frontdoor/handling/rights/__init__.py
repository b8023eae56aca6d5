"""What people are owed of their data: a copy of it, its end in time, and that nobody reads it without need.

`emergency` opens one restricted case for a while; `copying` makes a person's copy; `keeping` says how long things are
kept, and `erasing` ends them.
"""
