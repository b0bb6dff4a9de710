from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0004_sluitingen")]

    operations = [
        migrations.AddField(
            model_name='aanmelding',
            name='buiten_keuze',
            field=models.BooleanField(db_comment='the family never asked here: staff found this place; it costs no other wish', default=False),
        ),
        migrations.AddField(
            model_name='plaatsing',
            name='verviel',
            field=models.JSONField(blank=True, db_comment='what the acceptance ended, by primary key, as it stood before: to undo it', default=dict),
        ),
        migrations.AddField(
            model_name='voorstel',
            name='bij_einde',
            field=models.CharField(choices=[('nemen', 'Neem de plaats'), ('vrijgeven', 'Geef de plaats vrij')], db_comment='what happens at the deadline while the family holds it', default='vrijgeven', max_length=10),
        ),
        migrations.AddField(
            model_name='voorstel',
            name='herinnerd_op',
            field=models.DateTimeField(blank=True, db_comment='the family was reminded of the deadline, once', null=True),
        ),
        migrations.AddField(
            model_name='voorstel',
            name='ouderreden',
            field=models.CharField(blank=True, choices=[('', 'Dat zeg ik liever niet'), ('te_ver', 'De opvang is te ver'), ('dagen', 'De dagen passen niet'), ('start', 'De startdatum past niet'), ('prijs', 'De prijs past niet'), ('betere_keuze', 'Ik wacht op een andere keuze'), ('al_opvang', 'Ik heb intussen andere opvang'), ('anders', 'Een andere reden')], default='', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='voorstel',
            constraint=models.CheckConstraint(condition=models.Q(('bij_einde__in', ['nemen', 'vrijgeven'])), name='voorstel_bij_einde_bestaat'),
        ),
        migrations.AddConstraint(
            model_name='voorstel',
            constraint=models.CheckConstraint(condition=models.Q(('ouderreden', ''), models.Q(('ouderreden__in', ['', 'te_ver', 'dagen', 'start', 'prijs', 'betere_keuze', 'al_opvang', 'anders']), ('status', 'geweigerd')), _connector='OR'), name='voorstel_ouderreden_hoort_bij_weigering'),
        ),
    ]
