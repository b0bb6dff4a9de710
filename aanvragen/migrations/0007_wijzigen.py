from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0006_gesprek_en_rust")]

    operations = []
