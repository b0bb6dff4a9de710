"""Is the portal alive, can it serve, and what waits? For monitoring, never for people."""

from __future__ import annotations

import hmac
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loket.models import Bericht
from loket.workflow import Berichtstatus

TEKST = "text/plain; charset=utf-8"


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process can; asks nothing of anything else."""
    return HttpResponse("ok\n", content_type=TEKST)


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether requests can be served: without PostgreSQL not, without Redis only slower."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (InterfaceError, OperationalError):
        return HttpResponse("database unreachable\n", content_type=TEKST, status=503)
    return HttpResponse(
        "ok\n" if _redis_antwoordt() else "degraded: no redis\n", content_type=TEKST
    )


@login_not_required
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Show the outbox to Prometheus: how much waits in it, and for how long already."""
    if not _mag_meten(request):
        raise Http404
    aantallen = dict(Bericht.objects.values_list("status").annotate(n=Count("pk")))
    wacht = Bericht.objects.filter(status=Berichtstatus.WACHT)
    oudste = wacht.aggregate(oudste=Min("aangemaakt_op"))["oudste"]
    leeftijd = (timezone.now() - oudste).total_seconds() if oudste else 0
    regels = [
        "# HELP loket_berichten Mails in the outbox by status.",
        "# TYPE loket_berichten gauge",
        *(
            f'loket_berichten{{status="{status}"}} {aantallen.get(status, 0)}'
            for status in Berichtstatus.values
        ),
        "# HELP loket_oudste_bericht_seconden Age of the oldest mail that waits.",
        "# TYPE loket_oudste_bericht_seconden gauge",
        f"loket_oudste_bericht_seconden {leeftijd:.0f}",
        "# HELP loket_redis_bereikbaar Whether the cache answers.",
        "# TYPE loket_redis_bereikbaar gauge",
        f"loket_redis_bereikbaar {int(_redis_antwoordt())}",
    ]
    return HttpResponse("\n".join(regels) + "\n", content_type="text/plain; version=0.0.4")


def _redis_antwoordt() -> bool:
    """Write and read back: the cache swallows its own failures."""
    cache.set("gezondheid", "ok", timeout=10)
    return bool(cache.get("gezondheid") == "ok")


def _mag_meten(request: HttpRequest) -> bool:
    """Allow the holder of the token; without a token only this machine, and not through a proxy."""
    if settings.METRICS_TOKEN:
        gegeven = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(gegeven.encode(), settings.METRICS_TOKEN.encode())
    herkomst = request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 -- an unknown sender
    return "X-Forwarded-For" not in request.headers and ip_address(herkomst).is_loopback
