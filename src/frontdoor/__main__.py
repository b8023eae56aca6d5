"""`python -m frontdoor COMMAND`: the command line, see `frontdoor.config.cli`."""

from __future__ import annotations

import sys

from frontdoor.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
