"""What is free now in the area of a loket: a page and an Atom feed, for everybody."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket import week
from loket.models import Loket
from opvang.domain.vrijgekomen import VrijePlek
from opvang.domain.weeklijst import lijst_url, vrij_bij

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Places don't change by the minute, and many readers ask the same.
BEWAAR_SECONDEN = 300


@login_not_required
@require_safe
def vrij(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is surely free, by gemeente and by name."""
    loket = get_object_or_404(Loket, slug=slug)
    request.loket = loket  # type: ignore[attr-defined]  # the frame shows this loket
    nu = timezone.now()
    lijst = vrij_bij(loket, nu=nu)
    antwoord = render(
        request,
        "opvang/meldingen/vrij.html",
        {
            "loket": loket,
            "lijst": lijst,
            "aantal": sum(len(gemeente.plekken) for gemeente in lijst),
            "vandaag": timezone.localdate(nu),
            "nu": nu,
        },
    )
    # The frame differs for who is signed in.
    patch_vary_headers(antwoord, ["Cookie"])
    if request.user.is_authenticated:
        patch_cache_control(antwoord, private=True, no_cache=True)
    else:
        patch_cache_control(antwoord, public=True, max_age=BEWAAR_SECONDEN)
    return antwoord


class VrijeFeed(Feed[VrijePlek, Loket]):
    """The list as Atom. An entry is a location, under an id that never changes; it is as new as
    the last time that the location confirmed.
    """

    feed_type = Atom1Feed

    def get_object(
        self,
        request: HttpRequest,  # noqa: ARG002 -- Django's signature
        *_args: Any,
        **kwargs: Any,
    ) -> Loket:
        return get_object_or_404(Loket, slug=kwargs["slug"])

    def title(self, obj: Loket) -> str:
        return _("Vrije plaatsen, %(loket)s") % {"loket": obj.naam}

    def subtitle(self) -> str:
        return _("Opvang die zegt dat er plaats is, en dat kort geleden bevestigde.")

    def link(self, obj: Loket) -> str:
        return lijst_url(obj)

    def feed_guid(self, obj: Loket) -> str:
        return lijst_url(obj)

    def items(self, obj: Loket) -> list[VrijePlek]:
        lijst = vrij_bij(obj, nu=timezone.now())
        return [plek for gemeente in lijst for plek in gemeente.plekken]

    def item_title(self, item: VrijePlek) -> str:
        return f"{item.locatie.naam}, {item.locatie.gemeente.naam}"

    def item_description(self, item: VrijePlek) -> str:
        zicht = item.zicht
        assert zicht.periode is not None
        dagen = week.in_woorden(zicht.vrij.masker)
        vanaf = max(zicht.periode.vanaf, timezone.localdate())
        return _("Vrij vanaf %(dag)s: %(dagen)s.") % {
            "dag": date_format(vanaf, "j F Y"),
            "dagen": dagen,
        }

    def item_link(self, item: VrijePlek) -> str:
        return settings.SITE_URL + item.locatie.get_absolute_url()

    def item_guid(self, item: VrijePlek) -> str:
        return f"{settings.SITE_URL}{reverse('opvang:locatie', args=[item.locatie.slug])}#vrij"

    def item_updateddate(self, item: VrijePlek) -> dt.datetime:
        assert item.zicht.bevestigd is not None
        return item.zicht.bevestigd

    item_pubdate = item_updateddate


_feed = VrijeFeed()


@login_not_required
@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the list as a feed that a reader may keep for a few minutes."""
    antwoord = _feed(request, slug=slug)
    patch_cache_control(antwoord, public=True, max_age=BEWAAR_SECONDEN)
    return antwoord
