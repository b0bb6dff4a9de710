from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("aanvragen", "0003_voorstellen_nemen_plaats"),
        ("opvang", "0010_sluitingen"),
    ]

    operations = []
