"""What care costs: the estimate of the inkomenstarief, and whoever helps to pay less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def inkomenstarief(request: HttpRequest) -> HttpResponse:
    """Tell what care costs by income, without an account."""
    return render(request, "opvang/tarief/inkomenstarief.html")
