from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0004_sluitingen")]

    operations = []
