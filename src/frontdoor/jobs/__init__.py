"""Work that happens without a visitor: the worker, and the commands of the `frontdoor` command line.

`table.py` lists what the worker does, `worker.py` does it, `commands/` holds one file per command.
"""
