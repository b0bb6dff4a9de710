from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0006_gesprek_en_rust")]

    operations = [
        migrations.AddField(
            model_name="opvangvraag",
            name="hartslag_gevraagd_op",
            field=models.DateTimeField(
                blank=True,
                db_comment="the family was asked whether it still searches",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="opvangvraag",
            name="hartslag_bellen_vanaf",
            field=models.DateField(
                blank=True,
                db_comment="from this day somebody calls when the family did not answer",
                null=True,
            ),
        ),
    ]
