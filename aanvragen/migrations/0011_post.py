import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aanvragen", "0010_balie"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="opvangvraag",
            name="geteld_met",
            field=models.ForeignKey(
                blank=True,
                db_comment="same child as this question (R2), counted once, never shared",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="samen_geteld",
                to="aanvragen.opvangvraag",
            ),
        ),
        migrations.CreateModel(
            name="Papierpost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sjabloon", models.CharField(max_length=80)),
                ("titel", models.CharField(max_length=200)),
                ("tekst", models.TextField()),
                ("sms", models.CharField(max_length=200)),
                ("antwoord_tegen", models.DateTimeField(blank=True, null=True)),
                ("sleutel", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ("aangemaakt_op", models.DateTimeField()),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("klaar", "Af te drukken"),
                            ("verstuurd", "Op de post"),
                            ("niet_nodig", "Niet meer nodig"),
                        ],
                        default="klaar",
                        max_length=12,
                    ),
                ),
                ("afgehandeld_op", models.DateTimeField(blank=True, null=True)),
                (
                    "afgehandeld_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gezin",
                    models.ForeignKey(
                        db_comment="whose address it goes to",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="aanvragen.gezin",
                    ),
                ),
                ("ouders", models.ManyToManyField(related_name="+", to="aanvragen.ouder")),
                (
                    "vraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papierpost",
                        to="aanvragen.opvangvraag",
                    ),
                ),
            ],
            options={
                "verbose_name": "brief",
                "verbose_name_plural": "brieven",
                "ordering": ("aangemaakt_op", "pk"),
                "indexes": [
                    models.Index(fields=["stand", "aangemaakt_op"], name="papierpost_te_doen")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stand__in", ["klaar", "verstuurd", "niet_nodig"])),
                        name="papierpost_stand_bestaat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("afgehandeld_op", None), ("stand", "klaar")),
                            models.Q(
                                models.Q(("stand", "klaar"), _negated=True),
                                ("afgehandeld_op__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="papierpost_afgehandeld_heeft_tijdstip",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Samenvoeging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stand",
                    models.CharField(
                        choices=[
                            ("gevraagd", "Wacht op de ouder van de eerste vraag"),
                            ("samen", "Samengevoegd"),
                            ("geweigerd", "De ouder van de eerste vraag wil dit niet"),
                            ("gestopt", "Het loket vroeg het niet langer"),
                            ("gescheiden", "Weer twee vragen"),
                        ],
                        default="gevraagd",
                        max_length=12,
                    ),
                ),
                ("gevraagd_op", models.DateTimeField()),
                (
                    "wijze",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("online", "Online"),
                            ("telefoon", "Aan de telefoon"),
                            ("balie", "Aan de balie"),
                            ("papier", "Op papier"),
                        ],
                        max_length=12,
                    ),
                ),
                ("beantwoord_op", models.DateTimeField(blank=True, null=True)),
                ("gescheiden_op", models.DateTimeField(blank=True, null=True)),
                (
                    "dubbel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="samenvoegingen",
                        to="aanvragen.opvangvraag",
                    ),
                ),
                (
                    "eerste",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="samenvoegingen_als_eerste",
                        to="aanvragen.opvangvraag",
                    ),
                ),
                (
                    "gevraagd_door",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "toegevoegd",
                    models.ForeignKey(
                        blank=True,
                        db_comment="the parent that the merge added to the first family; an undo takes it out",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="samenvoegingen",
                        to="aanvragen.ouder",
                    ),
                ),
                (
                    "verder_als",
                    models.ForeignKey(
                        blank=True,
                        db_comment="the question that an undo gave the second family back",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="aanvragen.opvangvraag",
                    ),
                ),
            ],
            options={
                "verbose_name": "samenvoeging",
                "verbose_name_plural": "samenvoegingen",
                "ordering": ("-gevraagd_op", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stand__in", ["gevraagd", "samen"])),
                        fields=("dubbel",),
                        name="samenvoeging_een_lopende_per_vraag",
                        violation_error_message="Voor deze vraag is dit al gevraagd.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stand__in",
                                ["gevraagd", "samen", "geweigerd", "gestopt", "gescheiden"],
                            )
                        ),
                        name="samenvoeging_stand_bestaat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("eerste", models.F("dubbel")), _negated=True),
                        name="samenvoeging_van_twee_vragen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stand__in", ["samen", "geweigerd"]), _negated=True),
                            models.Q(
                                ("beantwoord_op__isnull", False),
                                models.Q(("wijze", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="samenvoeging_beantwoord_met_wijze",
                    ),
                ],
            },
        ),
    ]
