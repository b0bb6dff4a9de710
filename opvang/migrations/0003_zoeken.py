from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opvang", "0002_weekrooster_in_sql")]

    operations = [
        migrations.AddIndex(
            model_name="opvanglocatie",
            index=models.Index(fields=["naam", "id"], name="locatie_op_naam"),
        ),
    ]
