"""Whether a pack that has the right shape makes sense: every name that is used exists, every step leads somewhere.

Each module looks at one file and notes what it finds on that file's `Source`.
"""
