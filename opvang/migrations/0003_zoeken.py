from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("opvang", "0002_weekrooster_in_sql")]

    operations = []
