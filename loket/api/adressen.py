"""Addresses, versions and pages: how a client finds its way and overwrites nothing."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from rest_framework.request import Request

from loket.api.problemen import FoutInVraag, VoorwaardeNietVoldaan, VoorwaardeNodig
from loket.api.vorm import ONBEKEND

M = TypeVar("M", bound=Model)
BLADGROOTTE, GROOTSTE_BLAD = 50, 200


def adres(pad: str, **vraag: Any) -> str:
    """Give the absolute address of a path of this site."""
    gevuld = {naam: waarde for naam, waarde in vraag.items() if waarde is not None}
    return f"{settings.SITE_URL}{pad}" + (f"?{urlencode(gevuld)}" if gevuld else "")


def etag_van(inhoud: Any) -> str:
    """Make a strong ETag: the same content, and only that, has the same tag."""
    ruw = json.dumps(inhoud, sort_keys=True, default=str).encode()
    return f'"{hashlib.sha256(ruw).hexdigest()[:32]}"'


def keur_if_match(request: Request, etag: str, *, verplicht: bool) -> None:
    """Refuse a client that saw another version; `*` means: whatever is there."""
    kop = request.headers.get("If-Match", "").strip()
    if not kop:
        if verplicht:
            raise VoorwaardeNodig
        return
    if kop != "*" and etag not in re.findall(r'(?<!W/)"[^"]*"', kop):
        raise VoorwaardeNietVoldaan


class Verzameling:
    """A page of rows in a fixed order, and the way to the next one.

    The cursor holds the place of the last row in that order: rows that come or change meanwhile are
    neither skipped nor told twice. It is signed, so only our own cursors come back.
    """

    def __init__(
        self, request: Request, *, volgorde: Sequence[str], filters: Sequence[str] = ()
    ) -> None:
        self.pad = request.path
        self.vraag = request.query_params
        self.volgorde = tuple(volgorde)
        self.filters = tuple(filters)
        for naam in self.vraag:
            if naam not in {*self.filters, "pageSize", "cursor"}:
                raise FoutInVraag(naam, _("Deze parameter bestaat niet."), code=ONBEKEND)
        self.grootte = self._grootte()

    def blad(self, rijen: QuerySet[M]) -> tuple[list[M], dict[str, Any]]:
        """Give the rows of this page, and everything around them in the answer."""
        vanaf = rijen.order_by(*self.volgorde)
        if "cursor" in self.vraag:
            vanaf = vanaf.filter(self._na())
        blad = list(vanaf[: self.grootte + 1])
        meer = len(blad) > self.grootte
        blad = blad[: self.grootte]
        zelfde = {naam: self.vraag.get(naam) for naam in (*self.filters, "pageSize")}
        rand: dict[str, Any] = {
            "self": adres(self.pad, **zelfde, cursor=self.vraag.get("cursor")),
            "first": adres(self.pad, **zelfde),
            "pageSize": self.grootte,
            "total": rijen.count(),
        }
        if meer:
            plek = [str(getattr(blad[-1], veld)) for veld in self.volgorde]
            cursor = signing.dumps(plek, salt=self._zout(), compress=True)
            rand["next"] = adres(self.pad, **zelfde, cursor=cursor)
        return blad, rand

    def _grootte(self) -> int:
        ruw = self.vraag.get("pageSize", str(BLADGROOTTE))
        if not re.fullmatch(r"[0-9]{1,3}", ruw) or not 1 <= int(ruw) <= GROOTSTE_BLAD:
            zin = _("Kies een getal van 1 tot %(meest)s.") % {"meest": GROOTSTE_BLAD}
            raise FoutInVraag("pageSize", zin)
        return int(ruw)

    def _zout(self) -> str:
        return f"api:{self.pad}"

    def _na(self) -> Q:
        """Keep what comes after the row in the cursor."""
        try:
            plek = signing.loads(self.vraag["cursor"], salt=self._zout())
        except signing.BadSignature as fout:
            raise FoutInVraag("cursor", _("Neem de cursor over uit next.")) from fout
        na, gelijk = Q(), Q()
        for veld, waarde in zip(self.volgorde, plek, strict=True):
            na |= gelijk & Q((f"{veld}__gt", waarde))
            gelijk &= Q((veld, waarde))
        return na
