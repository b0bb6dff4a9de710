from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0011_post")]

    operations = []
