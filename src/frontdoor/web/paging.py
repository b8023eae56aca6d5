"""Which page numbers a list shows: the ends, the open page and its neighbours, and a gap where some are left out."""

from __future__ import annotations


def page_numbers(*, number: int, of: int) -> list[int | None]:
    """The numbers in order, None for a gap. A gap never stands for a single page.

    >>> page_numbers(number=6, of=20)
    [1, None, 5, 6, 7, None, 20]
    """
    wanted = {1, of, number - 1, number, number + 1}
    shown: list[int | None] = []
    for page in sorted(page for page in wanted if 1 <= page <= of):
        last = shown[-1] if shown else 0
        assert last is not None  # a gap is always followed by a number at once
        if page - last == 2:
            shown.append(page - 1)
        elif page - last > 2:
            shown.append(None)
        shown.append(page)
    return shown
