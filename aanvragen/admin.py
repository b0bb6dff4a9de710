"""Master data of the demand; casework has its own screens."""

from aanvragen.beheer_brieven import BriefsjabloonAdmin
from aanvragen.beheer_hulp import PartnerAdmin

__all__ = ["BriefsjabloonAdmin", "PartnerAdmin"]
