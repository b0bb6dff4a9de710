"""One round: the provider is asked, has a term in working days, and answers or not. Links of a
round die together.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet
from django.utils import timezone

from aanvragen.workflow import WACHT_OP_ANTWOORD
from loket.werkdagen import na_werkdagen, voor_werkdagen

if TYPE_CHECKING:
    from aanvragen.models import Aanmelding
    from loket.models import Loket

#: So many working days after its term the link in a mail still works: late is better than never.
LINK_NA_TERMIJN = 5


def antwoord_voor(loket: Loket, *, nu: dt.datetime) -> dt.date:
    """Give the day before which a provider that is asked now should answer: the loket's term, in
    working days.
    """
    return na_werkdagen(timezone.localdate(nu), loket.antwoordtermijn)


def begin_ronde(aanmeldingen: QuerySet[Aanmelding], *, loket: Loket, nu: dt.datetime) -> dt.date:
    """Give these requests of one loket a fresh term, and kill every link that was mailed before.

    For when the same is asked anew: after a hold, or after a change by the family. Mails nothing.
    Gives the new day to answer before.
    """
    termijn = antwoord_voor(loket, nu=nu)
    aanmeldingen.update(
        antwoord_voor=termijn, link_tot=None, herinnerd_voor=None, ronde=F("ronde") + 1
    )
    return termijn


def herinneringsdag(antwoord_voor: dt.date, *, werkdagen: int) -> dt.date:
    """Give the working day on which the provider is reminded. Pure."""
    return voor_werkdagen(antwoord_voor, werkdagen)


def laatste_linkdag(aanmelding: Aanmelding) -> dt.date:
    """Give the last day on which the link of this round works."""
    termijn = aanmelding.eindstatus_voor or aanmelding.antwoord_voor
    einde = na_werkdagen(termijn, LINK_NA_TERMIJN)
    return max(einde, aanmelding.link_tot) if aanmelding.link_tot else einde


def wordt_gevraagd(aanmelding: Aanmelding) -> bool:
    """Tell whether the provider is asked something now: its first answer, or how it ended. Pure."""
    return aanmelding.status in WACHT_OP_ANTWOORD or aanmelding.eindstatus_voor is not None
