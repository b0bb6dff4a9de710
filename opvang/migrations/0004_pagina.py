from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("opvang", "0003_zoeken")]

    operations = []
