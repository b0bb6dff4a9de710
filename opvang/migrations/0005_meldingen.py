from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("opvang", "0004_pagina")]

    operations = []
