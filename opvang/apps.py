from __future__ import annotations

from django.apps import AppConfig


class OpvangConfig(AppConfig):
    name = "opvang"
    verbose_name = "Opvang"
