"""Rows of tables, for compiled code: by the address of the table and the number of the row.

Passing arrays from function to function costs compiled code more than the work itself does (each is seven words and a
count of its holders), so the state of a run is one row that holds the addresses of its tables. Whoever calls compiled
code holds the arrays for as long as it runs, and row numbers are never taken from outside.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numba import from_dtype, njit, types
from numba.extending import intrinsic, register_jitable

piece = register_jitable(error_model="numpy")
"""A function that is part of compiled code; a division by nothing in it gives no error but infinity."""


def rows_of(dtype: np.dtype[np.void]) -> Callable[[int, int], Any]:
    """How compiled code reaches a row of a table of this dtype: `row(address, number)`; its fields are read and set."""
    record = from_dtype(dtype)
    size = dtype.itemsize

    @intrinsic
    def row(_typing: Any, address: Any, number: Any) -> Any:
        def code(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
            wide = context.get_value_type(types.int64)
            place = builder.add(args[0], builder.mul(args[1], wide(size)))
            return builder.inttoptr(place, context.get_value_type(record))

        return record(types.int64, types.int64), code

    found: Callable[..., Any] = row
    return found


def compiled(play: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function whose first word is a stamp of this room's pieces, and keep the outcome: numba by itself looks
    only at the file in which a compiled function stands, and would go on with its neighbours as they were.
    """
    sources = [each.read_bytes() for each in sorted(Path(__file__).parent.glob("*.py"))]
    kept = blake2b(b"".join(source for source in sources if b"@piece" in source), digest_size=7)
    stamp = int.from_bytes(kept.digest(), "big")
    inner = piece(play)

    @njit(cache=True, nogil=True, error_model="numpy")
    def stamped(*words: Any) -> Any:
        return inner(stamp, *words)

    found: Callable[..., Any] = stamped
    return found
