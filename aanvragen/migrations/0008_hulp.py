import datetime as dt
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

DUUR, NOG_MINSTENS = dt.timedelta(days=180), dt.timedelta(days=90)


def geef_een_einde(apps, schema_editor):
    """A consent without an end lasts half a year from its first day, and nobody loses one within
    three months. Of two for one toeleider the newest stays.
    """
    Toestemming = apps.get_model("aanvragen", "Toestemming")
    nu = timezone.now()
    vandaag = timezone.localdate(nu)
    Toestemming.objects.filter(wijze="bij de aanvraag").update(wijze="aanvraag")
    Toestemming.objects.exclude(wijze="aanvraag").update(wijze="papier")
    gezien = set()
    for een in Toestemming.objects.order_by("-gegeven_op", "-pk"):
        paar = (een.gezin_id, een.toeleider_id)
        een.tot = een.tot or max(een.vanaf + DUUR, vandaag + NOG_MINSTENS)
        een.beeindigd_op = nu if paar in gezien else None
        gezien.add(paar)
        een.save(update_fields=["tot", "beeindigd_op"])
    # What these rows owe to their foreign keys is settled now: their table changes below.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0007_wijzigen"), ("opvang", "0010_sluitingen")]

    operations = [
        migrations.CreateModel(
            name="Afspraak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("terugbellen", "Terugbellen"),
                            ("bezoek", "Samen een opvang bezoeken"),
                            ("wennen", "Wenmoment in de opvang"),
                            ("attest", "Hulp met het attest inkomenstarief"),
                            ("gesprek", "Gesprek aan het loket"),
                        ],
                        max_length=12,
                    ),
                ),
                ("begint_op", models.DateTimeField()),
                ("duur", models.PositiveSmallIntegerField(db_comment="minutes")),
                ("plaats", models.CharField(blank=True, max_length=120)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("gepland", "Gepland"),
                            ("gedaan", "Gedaan"),
                            ("gemist", "Niet gelukt"),
                            ("afgezegd", "Afgezegd"),
                        ],
                        default="gepland",
                        max_length=12,
                    ),
                ),
                ("uitkomst", models.CharField(blank=True, max_length=200)),
                ("versie", models.PositiveSmallIntegerField(default=0)),
                ("gemaakt_op", models.DateTimeField()),
                ("gewijzigd_op", models.DateTimeField()),
            ],
            options={
                "verbose_name": "afspraak",
                "verbose_name_plural": "afspraken",
                "ordering": ("begint_op", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Doorverwijzing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wijze",
                    models.CharField(
                        choices=[
                            ("zelf", "Het gezin neemt zelf contact op"),
                            ("doorgeven", "Wij geven de naam en de telefoon door"),
                        ],
                        max_length=12,
                    ),
                ),
                ("op", models.DateTimeField()),
                (
                    "toestemming_op",
                    models.DateTimeField(db_comment="when the parent agreed to this"),
                ),
                (
                    "uitkomst",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("geholpen", "Het gezin is er geholpen"),
                            ("wacht", "Het gezin staat er op een wachtlijst"),
                            ("geen_contact", "Er was geen contact"),
                            ("niet_nodig", "Het gezin wil het niet meer"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("uitkomst_nota", models.CharField(blank=True, max_length=200)),
                ("uitkomst_op", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "doorverwijzing",
                "verbose_name_plural": "doorverwijzingen",
                "ordering": ("-op", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("naam", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("ocmw", "OCMW"),
                            ("huis_van_het_kind", "Huis van het Kind"),
                            ("taalles", "Nederlandse les"),
                            ("kleuterschool", "Kleuterschool"),
                            ("anders", "Een andere organisatie"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "waarmee",
                    models.CharField(
                        blank=True,
                        help_text="Eén zin die een ouder leest, zoals: Ze helpen je met je rekeningen.",
                        max_length=200,
                        verbose_name="waarmee ze helpen",
                    ),
                ),
                ("telefoon", models.CharField(blank=True, max_length=30, verbose_name="telefoon")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres"),
                ),
                ("adres", models.CharField(blank=True, max_length=200, verbose_name="adres")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "actief",
                    models.BooleanField(
                        default=True,
                        help_text="Zet uit wat niet meer bestaat.",
                        verbose_name="actief",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
                "ordering": ("naam", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Toestemmingscode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sleutel", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "omvang",
                    models.CharField(
                        choices=[
                            ("bekijken", "Meekijken"),
                            ("antwoorden", "Meekijken en mee antwoorden"),
                            ("aanvragen", "Alles doen zoals het gezin zelf"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "dagen",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (30, "1 maand"),
                            (90, "3 maanden"),
                            (180, "6 maanden"),
                            (365, "1 jaar"),
                        ]
                    ),
                ),
                ("gemaakt_op", models.DateTimeField()),
                ("geldig_tot", models.DateTimeField()),
                ("pogingen", models.PositiveSmallIntegerField(default=0)),
                ("gebruikt_op", models.DateTimeField(blank=True, null=True)),
                ("geweigerd_op", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "gevraagde toestemming",
                "verbose_name_plural": "gevraagde toestemmingen",
                "ordering": ("-gemaakt_op", "-pk"),
            },
        ),
        migrations.AlterModelOptions(
            name="toestemming",
            options={
                "ordering": ("-gegeven_op", "-pk"),
                "verbose_name": "toestemming",
                "verbose_name_plural": "toestemmingen",
            },
        ),
        migrations.RemoveConstraint(
            model_name="toestemming",
            name="toestemming_begint_voor_ze_eindigt",
        ),
        migrations.AddField(
            model_name="toestemming",
            name="beeindigd_op",
            field=models.DateTimeField(
                blank=True,
                db_comment="ended before its last day, or replaced by another",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="toestemming",
            name="genoteerd_door",
            field=models.ForeignKey(
                blank=True,
                db_comment="who wrote it down; none when the parent gave it by link or code",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="toestemming",
            name="omvang",
            field=models.CharField(
                choices=[
                    ("bekijken", "Meekijken"),
                    ("antwoorden", "Meekijken en mee antwoorden"),
                    ("aanvragen", "Alles doen zoals het gezin zelf"),
                ],
                default="aanvragen",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="opvangvraag",
            name="kanaal",
            field=models.CharField(
                choices=[
                    ("online", "Online"),
                    ("balie", "Aan de balie"),
                    ("telefoon", "Telefonisch"),
                    ("toeleider", "Via een toeleider"),
                    ("papier", "Op papier"),
                ],
                default="online",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="afspraak",
            name="locatie",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="opvang.opvanglocatie",
            ),
        ),
        migrations.AddField(
            model_name="afspraak",
            name="opvangvraag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="afspraken",
                to="aanvragen.opvangvraag",
            ),
        ),
        migrations.AddField(
            model_name="afspraak",
            name="wie",
            field=models.ForeignKey(
                db_comment="who rings, goes along or helps",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="doorverwijzing",
            name="door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="doorverwijzing",
            name="opvangvraag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="doorverwijzingen",
                to="aanvragen.opvangvraag",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="loket",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="partners",
                to="loket.loket",
            ),
        ),
        migrations.AddField(
            model_name="doorverwijzing",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="aanvragen.partner",
            ),
        ),
        migrations.AddField(
            model_name="toestemmingscode",
            name="opvangvraag",
            field=models.ForeignKey(
                db_comment="whose family is asked",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="toestemmingscodes",
                to="aanvragen.opvangvraag",
            ),
        ),
        migrations.AddField(
            model_name="toestemmingscode",
            name="toeleider",
            field=models.ForeignKey(
                blank=True,
                db_comment="none: any toeleider of the loket to whom the parent reads the code",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="afspraak",
            index=models.Index(
                condition=models.Q(("status", "gepland")),
                fields=["begint_op"],
                name="afspraak_te_doen",
            ),
        ),
        migrations.AddConstraint(
            model_name="afspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soort__in", ["terugbellen", "bezoek", "wennen", "attest", "gesprek"])
                ),
                name="afspraak_soort_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="afspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["gepland", "gedaan", "gemist", "afgezegd"])),
                name="afspraak_status_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="afspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(("duur__gte", 5), ("duur__lte", 480)), name="afspraak_duurt_even"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "soort__in",
                        ["ocmw", "huis_van_het_kind", "taalles", "kleuterschool", "anders"],
                    )
                ),
                name="partner_soort_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(
                fields=("loket", "naam"), name="partner_een_keer_per_loket"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("telefoon", ""), _negated=True),
                    models.Q(("email", ""), _negated=True),
                    models.Q(("website", ""), _negated=True),
                    _connector="OR",
                ),
                name="partner_is_te_bereiken",
                violation_error_message="Geef een telefoonnummer, een e-mailadres of een website.",
            ),
        ),
        migrations.AddConstraint(
            model_name="doorverwijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(("wijze__in", ["zelf", "doorgeven"])),
                name="doorverwijzing_wijze_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="doorverwijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("uitkomst", ""), ("uitkomst_op", None)),
                    models.Q(
                        ("uitkomst__in", ["geholpen", "wacht", "geen_contact", "niet_nodig"]),
                        ("uitkomst_op__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="doorverwijzing_uitkomst_heeft_tijdstip",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemmingscode",
            constraint=models.CheckConstraint(
                condition=models.Q(("gebruikt_op", None), ("geweigerd_op", None), _connector="OR"),
                name="toestemmingscode_niet_ja_en_nee",
            ),
        ),
        migrations.RunPython(geef_een_einde, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="toestemming",
            name="tot",
            field=models.DateField(),
        ),
        migrations.AlterField(
            model_name="toestemming",
            name="wijze",
            field=models.CharField(
                choices=[
                    ("code", "met een code"),
                    ("link", "met de link in een mail"),
                    ("papier", "op papier"),
                    ("aanvraag", "bij de aanvraag"),
                ],
                default="papier",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.CheckConstraint(
                condition=models.Q(("vanaf__lt", models.F("tot"))),
                name="toestemming_begint_voor_ze_eindigt",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.CheckConstraint(
                condition=models.Q(("omvang__in", ["bekijken", "antwoorden", "aanvragen"])),
                name="toestemming_omvang_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.CheckConstraint(
                condition=models.Q(("wijze__in", ["code", "link", "papier", "aanvraag"])),
                name="toestemming_wijze_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.UniqueConstraint(
                condition=models.Q(("beeindigd_op", None)),
                fields=("gezin", "toeleider"),
                name="toestemming_een_per_toeleider",
            ),
        ),
    ]
