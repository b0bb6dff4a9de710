"""The Django admin, for master data only: casework has its own screens."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class Beheer(AdminSite):
    site_header = _("Beheer van het loket")
    site_title = _("Beheer")
    index_title = _("Basisgegevens")


beheer = Beheer(name="admin")
