"""Working days: Monday to Friday, without the public holidays of Belgium; and when a day begins.

The holidays come from the library `holidays` (they follow the law of 4 January 1974, with Easter
computed). A holiday that falls in a weekend gives nothing back: an employer chooses that day, not
the law. Days that only a council gives are not known here.
"""

from __future__ import annotations

import datetime as dt

import holidays
from django.utils import timezone

_FEESTDAGEN = holidays.country_holidays("BE", language="nl")
_ZATERDAG = 5
DAG = dt.timedelta(days=1)


def begin_van(dag: dt.date) -> dt.datetime:
    """The first moment of a day, here."""
    return timezone.make_aware(dt.datetime.combine(dag, dt.time.min))


def is_werkdag(dag: dt.date) -> bool:
    """Tell whether offices are open on this day."""
    return dag.weekday() < _ZATERDAG and dag not in _FEESTDAGEN


def na_werkdagen(dag: dt.date, aantal: int) -> dt.date:
    """Give the day that lies `aantal` (>= 0) working days after `dag`.

    The day itself does not count. Zero gives the day itself, or the first working day after it.
    """
    while aantal > 0:
        dag += DAG
        aantal -= is_werkdag(dag)
    while not is_werkdag(dag):
        dag += DAG
    return dag


def voor_werkdagen(dag: dt.date, aantal: int) -> dt.date:
    """Give the working day that lies `aantal` (>= 0) working days before `dag`."""
    while aantal > 0:
        dag -= DAG
        aantal -= is_werkdag(dag)
    while not is_werkdag(dag):
        dag -= DAG
    return dag


def werkdagen_tussen(vanaf: dt.date, tot: dt.date) -> int:
    """Count the working days after `vanaf` up to and including `tot`; negative when `tot` is
    earlier.
    """
    if tot < vanaf:
        return -werkdagen_tussen(tot, vanaf)
    return sum(is_werkdag(vanaf + n * DAG) for n in range(1, (tot - vanaf).days + 1))
