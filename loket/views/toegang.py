"""Where somebody goes after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe


@require_safe
def na_aanmelden(request: HttpRequest) -> HttpResponse:
    return redirect("start")
