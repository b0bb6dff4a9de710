from __future__ import annotations

from django.apps import AppConfig


class LokOverlegConfig(AppConfig):
    name = "lok_overleg"
    verbose_name = "Lokaal overleg"
