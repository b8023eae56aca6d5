"""The commands of the `frontdoor` command line, one file each.

A command is a module whose docstring's first line is its help, with `add_arguments(parser)` and `run(args) -> int`
(the exit status: 0 done, 1 faults found, 2 cannot be done as asked).
"""
