from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("opvang", "0007_vrije_plaatsen")]

    operations = []
