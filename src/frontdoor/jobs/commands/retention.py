"""List what is past its time and would be erased, or (--do) erase it now. The worker erases it by itself every hour.

How long a case is kept stands in its service's pack (`retention`); contacts without a case are kept for three years
where no pack says otherwise. The journal stays whole: it holds ids and facts, and no names or words.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime

from frontdoor.handling.rights.erasing import erase_past
from frontdoor.handling.rights.keeping import NoReason, NoSuchCase, hold_case, lift_hold, past_their_time
from frontdoor.kernel.clock import now_utc, start_of_day


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Preview, erase, or keep one case back."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--do", action="store_true", help="erase what is listed")
    what.add_argument(
        "--on", metavar="DAY", type=date.fromisoformat, help="list what would go on that day (2031-04-01)"
    )
    what.add_argument("--hold", metavar="REFERENCE", help="keep this case whatever its age; needs --because")
    what.add_argument("--lift", metavar="REFERENCE", help="let this case go with the others again")
    parser.add_argument("--because", metavar="WORDS", default="", help="why the case must be kept")


def run(args: argparse.Namespace) -> int:
    """List, erase, hold or lift."""
    at = now_utc()
    try:
        if args.hold:
            hold_case(reference=args.hold, reason=args.because, at=at)
            print("The case is held: it is kept until the hold is lifted.")
        elif args.lift:
            print(
                "The hold was lifted."
                if lift_hold(reference=args.lift, at=at)
                else "There was no hold on this case."
            )
        elif args.do:
            print(f"{_erase_all(at)} erased.")
        else:
            _list(start_of_day(args.on) if args.on else at)
    except (NoSuchCase, NoReason) as fault:
        print(" ".join(str(fault.__doc__).split()), file=sys.stderr)
        return 2
    return 0


def _list(at: datetime) -> None:
    counted = [(past, past.rows.count()) for past in past_their_time(at=at)]
    for past, count in counted:
        if count:
            print(
                f"{count:>8}  {past.what}{f' of {past.service}' if past.service else ''}, kept for {past.span}"
            )
    if not any(count for _, count in counted):
        print("Nothing is past its time.")
        return
    print(
        "\nNothing was erased. Customers of whom nothing else is left go with the next run after their cases."
    )


def _erase_all(at: datetime) -> int:
    total = 0
    while erased := erase_past(at=at):
        total += erased
    return total
