"""The CEL library without its own command line, which would bring a console's packages into every start."""

from __future__ import annotations

import sys
from types import ModuleType

_COMMAND_LINE = "cel.cli"
_stands_in = ModuleType(_COMMAND_LINE)
sys.modules.setdefault(_COMMAND_LINE, _stands_in)

import cel  # noqa: E402  # after the stand-in, which its own first line would else load for half a second

if sys.modules[_COMMAND_LINE] is _stands_in:
    del sys.modules[_COMMAND_LINE]

__all__ = ["cel"]
