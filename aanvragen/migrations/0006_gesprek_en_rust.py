import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aanvragen", "0005_voorstellen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gesprek",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begonnen_op", models.DateTimeField()),
                ("laatste_op", models.DateTimeField()),
                (
                    "laatste_partij",
                    models.CharField(
                        choices=[
                            ("gezin", "Het gezin"),
                            ("toeleider", "Wie het gezin helpt"),
                            ("loket", "Het loket"),
                            ("opvang", "De opvang"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "afgehandeld_op",
                    models.DateTimeField(
                        blank=True,
                        db_comment="staff: what was written until here needs no answer",
                        null=True,
                    ),
                ),
                (
                    "aanmelding",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gesprek",
                        to="aanvragen.aanmelding",
                    ),
                ),
                (
                    "opvangvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gesprekken",
                        to="aanvragen.opvangvraag",
                    ),
                ),
            ],
            options={
                "verbose_name": "gesprek",
                "verbose_name_plural": "gesprekken",
                "ordering": ("-laatste_op", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Gelezen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "partij",
                    models.CharField(
                        choices=[
                            ("gezin", "Het gezin"),
                            ("toeleider", "Wie het gezin helpt"),
                            ("loket", "Het loket"),
                            ("opvang", "De opvang"),
                        ],
                        max_length=12,
                    ),
                ),
                ("tot", models.DateTimeField()),
                (
                    "gebruiker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gesprek",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gelezen",
                        to="aanvragen.gesprek",
                    ),
                ),
            ],
            options={
                "verbose_name": "gelezen",
                "verbose_name_plural": "gelezen",
            },
        ),
        migrations.CreateModel(
            name="Gespreksbericht",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "partij",
                    models.CharField(
                        choices=[
                            ("gezin", "Het gezin"),
                            ("toeleider", "Wie het gezin helpt"),
                            ("loket", "Het loket"),
                            ("opvang", "De opvang"),
                        ],
                        max_length=12,
                    ),
                ),
                ("tekst", models.TextField(max_length=2000, verbose_name="je bericht")),
                ("op", models.DateTimeField()),
                (
                    "door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gesprek",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="berichten",
                        to="aanvragen.gesprek",
                    ),
                ),
            ],
            options={
                "verbose_name": "bericht in een gesprek",
                "verbose_name_plural": "berichten in een gesprek",
                "ordering": ("op", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Vrijmelding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sinds", models.DateTimeField()),
                ("gemeld_op", models.DateTimeField(blank=True, null=True)),
                (
                    "aanmelding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vrijmelding",
                        to="aanvragen.aanmelding",
                    ),
                ),
                (
                    "gemeld_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "plaats die vrij is en nog gemeld moet worden",
                "verbose_name_plural": "plaatsen die vrij zijn en nog gemeld moeten worden",
                "ordering": ("sinds", "pk"),
            },
        ),
        migrations.AddIndex(
            model_name="gesprek",
            index=models.Index(
                condition=models.Q(("aanmelding", None)),
                fields=["laatste_partij", "laatste_op"],
                name="gesprek_met_het_loket",
            ),
        ),
        migrations.AddConstraint(
            model_name="gesprek",
            constraint=models.UniqueConstraint(
                condition=models.Q(("aanmelding", None)),
                fields=("opvangvraag",),
                name="gesprek_een_met_het_loket",
            ),
        ),
        migrations.AddConstraint(
            model_name="gesprek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("laatste_partij__in", ["gezin", "toeleider", "loket", "opvang"])
                ),
                name="gesprek_laatste_partij_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="gelezen",
            constraint=models.UniqueConstraint(
                fields=("gesprek", "partij", "gebruiker"),
                name="gelezen_een_per_lezer",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="gelezen",
            constraint=models.CheckConstraint(
                condition=models.Q(("partij__in", ["gezin", "toeleider", "loket", "opvang"])),
                name="gelezen_partij_bestaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="gespreksbericht",
            constraint=models.CheckConstraint(
                condition=models.Q(("partij__in", ["gezin", "toeleider", "loket", "opvang"])),
                name="gespreksbericht_partij_bestaat",
            ),
        ),
    ]
