"""The view under all views of the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class ApiView(APIView):
    """Answers in Dutch, and lets nobody keep what it holds of a family."""

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        antwoord: Response = super().finalize_response(request, response, *args, **kwargs)
        antwoord.headers.setdefault("Cache-Control", "no-store")
        antwoord.headers["Content-Language"] = "nl"
        return antwoord


@extend_schema(exclude=True)
class Onbekend(ApiView):
    """Any other address below the API: a problem, not a page."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise exceptions.NotFound
