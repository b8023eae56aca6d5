"""The top floor: settings, addresses, the command line, and the one table that wires adapters to ports.

`environment.py` reads every value that an installation can set; `settings.py` turns them into Django's
settings; `wiring.py` says which adapter serves which port; `cli.py` is the `frontdoor` command.
"""
