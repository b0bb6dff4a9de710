"""The answer term counts working days from now on: two weeks become ten of them.

A loket that chose another term keeps about the same length: five working days for each week.
"""

import django.core.validators
from django.db import migrations, models
from django.db.models import F, IntegerField
from django.db.models.functions import Cast, Greatest, Round


def naar_werkdagen(apps, schema_editor):
    _zet(apps, F("antwoordtermijn") * 5.0 / 7.0)


def naar_dagen(apps, schema_editor):
    _zet(apps, F("antwoordtermijn") * 7.0 / 5.0)


def _zet(apps, termijn):
    apps.get_model("loket", "Loket").objects.update(
        antwoordtermijn=Greatest(1, Cast(Round(termijn), IntegerField()))
    )


class Migration(migrations.Migration):
    dependencies = [("loket", "0005_termijnen")]

    operations = [
        migrations.AlterField(
            model_name="loket",
            name="antwoordtermijn",
            field=models.PositiveSmallIntegerField(
                default=10,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(3650),
                ],
                verbose_name="antwoordtermijn opvang, in werkdagen",
            ),
        ),
        migrations.RunPython(naar_werkdagen, naar_dagen),
    ]
