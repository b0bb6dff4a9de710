from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0011_post")]

    operations = [
        migrations.AddField(
            model_name="concept",
            name="email",
            field=models.EmailField(
                blank=True,
                db_comment="in lower case; who proves it may go on",
                max_length=254,
            ),
        ),
        migrations.AddIndex(
            model_name="concept",
            index=models.Index(
                condition=models.Q(("email", ""), _negated=True),
                fields=["email"],
                name="concept_van_een_adres",
            ),
        ),
    ]
