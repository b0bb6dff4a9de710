import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import opvang.models.pagina
import opvang.models.vergunningen


class Migration(migrations.Migration):
    dependencies = [
        ("opvang", "0003_zoeken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Collegauitnodiging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mailadres")),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("aangemaakt_op", models.DateTimeField()),
                ("vervalt_op", models.DateTimeField()),
                ("aanvaard_op", models.DateTimeField(blank=True, null=True)),
                ("ingetrokken_op", models.DateTimeField(blank=True, null=True)),
                (
                    "door",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collegauitnodigingen",
                        to="opvang.organisator",
                    ),
                ),
            ],
            options={
                "verbose_name": "uitnodiging voor een collega",
                "verbose_name_plural": "uitnodigingen voor collega's",
                "ordering": ("-aangemaakt_op", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("aanvaard_op", None), ("ingetrokken_op", None), _connector="OR"
                        ),
                        name="collegauitnodiging_een_einde",
                    ),
                    models.UniqueConstraint(
                        models.F("organisator"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("aanvaard_op", None), ("ingetrokken_op", None)),
                        name="collegauitnodiging_een_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Locatiefoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("bestand", models.FileField(upload_to=opvang.models.pagina.foto_pad)),
                ("klein", models.FileField(upload_to=opvang.models.pagina.foto_pad)),
                ("breedte", models.PositiveSmallIntegerField()),
                ("hoogte", models.PositiveSmallIntegerField()),
                ("alt", models.CharField(max_length=200, verbose_name="wat staat er op de foto?")),
                ("volgorde", models.PositiveSmallIntegerField(default=0)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("wacht", "Het loket kijkt ze na"),
                            ("terug", "Terug van het loket"),
                            ("gepubliceerd", "Op de pagina"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "versie",
                    models.PositiveIntegerField(db_comment="raised when `alt` changes", default=1),
                ),
                (
                    "opmerking",
                    models.CharField(
                        blank=True,
                        db_comment="why the loket sent it back",
                        max_length=500,
                        verbose_name="opmerking",
                    ),
                ),
                ("geplaatst_op", models.DateTimeField()),
                (
                    "geplaatst_door",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "locatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fotos",
                        to="opvang.opvanglocatie",
                    ),
                ),
                (
                    "nagekeken_door",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "foto",
                "verbose_name_plural": "foto's",
                "ordering": ("locatie", "volgorde", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["wacht", "terug", "gepubliceerd"])),
                        name="foto_status_bestaat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alt", ""), _negated=True), name="foto_heeft_alt"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "terug"), _negated=True),
                            models.Q(("opmerking", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="foto_terug_heeft_reden",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paginatekst",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "onderwerp",
                    models.CharField(
                        choices=[
                            ("over", "Over ons"),
                            ("dag", "Zo ziet een dag eruit"),
                            ("eten_slapen", "Eten en slapen"),
                            ("buiten", "Buiten spelen"),
                            ("taal", "Taal"),
                            ("wennen", "Kennismaken en wennen"),
                        ],
                        max_length=12,
                        verbose_name="onderwerp",
                    ),
                ),
                ("tekst", models.TextField(blank=True, verbose_name="tekst")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("concept", "Nog niet op de pagina"),
                            ("wacht", "Het loket kijkt ze na"),
                            ("terug", "Terug van het loket"),
                            ("gepubliceerd", "Op de pagina"),
                            ("vervangen", "Vervangen"),
                        ],
                        default="concept",
                        max_length=12,
                    ),
                ),
                (
                    "versie",
                    models.PositiveIntegerField(
                        db_comment="raised at each change of the text", default=1
                    ),
                ),
                (
                    "opmerking",
                    models.CharField(
                        blank=True,
                        db_comment="why the loket sent it back",
                        max_length=500,
                        verbose_name="opmerking",
                    ),
                ),
                ("gewijzigd_op", models.DateTimeField()),
                ("gepubliceerd_op", models.DateTimeField(null=True)),
                (
                    "geschreven_door",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "locatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paginateksten",
                        to="opvang.opvanglocatie",
                    ),
                ),
                (
                    "nagekeken_door",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tekst op een pagina",
                "verbose_name_plural": "teksten op een pagina",
                "ordering": ("locatie", "onderwerp", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["concept", "wacht", "terug", "gepubliceerd", "vervangen"],
                            )
                        ),
                        name="paginatekst_status_bestaat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "onderwerp__in",
                                ["over", "dag", "eten_slapen", "buiten", "taal", "wennen"],
                            )
                        ),
                        name="paginatekst_onderwerp_bestaat",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "gepubliceerd")),
                        fields=("locatie", "onderwerp"),
                        name="paginatekst_een_gepubliceerd",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("concept", "wacht", "terug"))),
                        fields=("locatie", "onderwerp"),
                        name="paginatekst_een_werkversie",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "terug"), _negated=True),
                            models.Q(("opmerking", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="paginatekst_terug_heeft_reden",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sluitingsdag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("vanaf", models.DateField(verbose_name="vanaf")),
                ("tot", models.DateField(verbose_name="tot")),
                (
                    "reden",
                    models.CharField(
                        choices=[
                            ("vakantie", "Vakantie"),
                            ("feestdag", "Feestdag"),
                            ("studiedag", "Studiedag van het team"),
                            ("werken", "Werken aan het gebouw"),
                            ("anders", "Een andere reden"),
                        ],
                        max_length=12,
                        verbose_name="reden",
                    ),
                ),
                (
                    "locatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sluitingsdagen",
                        to="opvang.opvanglocatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "sluitingsdag",
                "verbose_name_plural": "sluitingsdagen",
                "ordering": ("vanaf", "pk"),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("locatie", "="),
                            (
                                opvang.models.vergunningen.DateRange(
                                    "vanaf",
                                    "tot",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            ),
                        ],
                        name="sluitingsdag_overlapt_niet",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vanaf__lt", models.F("tot"))),
                        name="sluitingsdag_begint_voor_ze_eindigt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reden__in", ["vakantie", "feestdag", "studiedag", "werken", "anders"])
                        ),
                        name="sluitingsdag_reden_bestaat",
                    ),
                ],
            },
        ),
    ]
