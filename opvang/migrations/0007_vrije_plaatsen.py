from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("opvang", "0006_tarief")]

    operations = []
