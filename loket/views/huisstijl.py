"""The theme of a loket as a sheet, so that a strict `style-src 'self'` holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from loket.huisstijl import als_css
from loket.models import Loket

if TYPE_CHECKING:
    from django.http import HttpRequest

DAG = 24 * 60 * 60


@login_not_required
@require_safe
@cache_control(public=True, max_age=DAG)
def huisstijl(_request: HttpRequest, slug: str) -> HttpResponse:
    """Serve the colours of a loket; a theme that nobody could read is not served at all."""
    loket = get_object_or_404(Loket, slug=slug)
    try:
        css = als_css(loket.huisstijl)
    except ValidationError as fout:
        raise Http404(str(fout)) from fout
    return HttpResponse(css, content_type="text/css; charset=utf-8")
