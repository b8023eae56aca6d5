"""The top floor: settings, addresses, the command line, and the one table that wires adapters to ports.

`environment.py` reads every value that an installation can set; `settings.py` turns them into Django's
settings; `wiring.py` says which adapter serves which port; `cli.py` is the `frontdoor` command.
"""

import os

for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    # Web servers and workers share the cores already: if each calculated on all of them, all would wait for one another.
    os.environ.setdefault(_threads, "1")
