"""What a family says about an offer, beside yes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from aanvragen.workflow import BijEinde, Ouderreden
from loket.forms import Keuze


class VasthoudForm(forms.Form):
    """What happens at the deadline, chosen beforehand."""

    bij_einde = forms.ChoiceField(
        label=_("Wat doen we op het einde, als je niets laat weten?"),
        choices=[
            (
                BijEinde.NEMEN.value,
                Keuze(
                    _("Ik neem de plaats"),
                    _("De plaats is dan van jullie. Je vraag bij de andere opvang stopt."),
                ),
            ),
            (
                BijEinde.VRIJGEVEN.value,
                Keuze(
                    _("Ik geef de plaats vrij"),
                    _("Een ander gezin krijgt de plaats. Je blijft er op de wachtlijst."),
                ),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat we op het einde doen.")},
    )


class NeeForm(forms.Form):
    """A no: a reason only if they like, and whether they stay on this list."""

    blijf = forms.BooleanField(
        label=_("Ik blijf graag op de wachtlijst van deze opvang"),
        help_text=_("Voor een andere plaats, later of op andere dagen."),
        required=False,
    )
    reden = forms.ChoiceField(
        label=_("Waarom niet? Je hoeft dit niet te zeggen"),
        help_text=_("Het loket telt de redenen. De opvang ziet niet wat je koos."),
        choices=Ouderreden.choices,
        widget=forms.RadioSelect,
        required=False,
    )
