from django.db import migrations, models

_WEIGERREDENEN = [
    ("volzet", "We zijn volzet in die periode"),
    ("dagen", "We hebben geen plaats op deze dagen"),
    ("uren", "We zijn niet open op deze uren"),
    ("leeftijd", "We hebben geen plaats voor deze leeftijd"),
    ("voorrang", "Andere gezinnen krijgen eerst een plaats (voorrangsregels)"),
    ("stopt", "Onze opvang stopt"),
    ("gevonden", "Het gezin heeft al opvang"),
    ("anders", "Een andere reden"),
]


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0008_hulp")]

    operations = [
        migrations.AddField(
            model_name="aanmelding",
            name="ronde",
            field=models.PositiveSmallIntegerField(
                db_comment="how often the provider was asked; a link of an earlier time is dead",
                default=1,
            ),
        ),
        migrations.AddField(
            model_name="aanmelding",
            name="link_tot",
            field=models.DateField(
                blank=True,
                db_comment="last day of the link in the mail, when a reminder made it longer",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="aanmelding",
            name="herinnerd_voor",
            field=models.DateField(
                blank=True,
                db_comment="the antwoord_voor of which the provider was reminded",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="aanmelding",
            name="eindstatus_voor",
            field=models.DateField(
                blank=True,
                db_comment="the wished start has passed: say before this day how it ended",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="aanmelding",
            name="wacht_bevestigd_op",
            field=models.DateField(
                blank=True,
                db_comment="the provider said that the family still waits",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="aanmelding",
            name="weigerreden",
            field=models.CharField(blank=True, choices=_WEIGERREDENEN, max_length=12),
        ),
        migrations.RemoveConstraint(
            model_name="aanmelding", name="aanmelding_weigerreden_hoort_bij_weigering"
        ),
        migrations.AddConstraint(
            model_name="aanmelding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "geweigerd_door_opvang"),
                        ("weigerreden__in", [code for code, _label in _WEIGERREDENEN]),
                    ),
                    models.Q(
                        models.Q(("status", "geweigerd_door_opvang"), _negated=True),
                        ("weigerreden", ""),
                    ),
                    _connector="OR",
                ),
                name="aanmelding_weigerreden_hoort_bij_weigering",
            ),
        ),
        migrations.AddConstraint(
            model_name="aanmelding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("eindstatus_voor", None), ("status", "wachtlijst"), _connector="OR"
                ),
                name="aanmelding_eindstatus_alleen_op_wachtlijst",
            ),
        ),
    ]
