import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('loket', '0004_teksten_nakijken'),
        ('opvang', '0004_pagina'),
    ]

    operations = [
        migrations.CreateModel(
            name='Melding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('soort', models.CharField(choices=[('plaats', 'Als er een plaats vrijkomt'), ('weeklijst', 'De wekelijkse lijst')], max_length=12)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mailadres')),
                ('vraag', models.JSONField(blank=True, db_comment='the search as primitives, empty for a weekly list', default=dict)),
                ('kenmerk', models.CharField(db_comment='digest of soort, loket and vraag: the same wish has the same', max_length=64)),
                ('status', models.CharField(choices=[('wacht_op_bevestiging', 'Wacht op bevestiging'), ('actief', 'Actief'), ('gestopt', 'Gestopt'), ('verlopen', 'Verlopen')], default='wacht_op_bevestiging', max_length=20)),
                ('gevraagd_op', models.DateTimeField()),
                ('bevestigd_op', models.DateTimeField(blank=True, null=True)),
                ('verloopt_op', models.DateTimeField(blank=True, null=True)),
                ('geeindigd_op', models.DateTimeField(blank=True, null=True)),
                ('bekeken_op', models.DateTimeField(db_comment='when we last looked what is free')),
                ('gemaild_op', models.DateTimeField(blank=True, null=True)),
                ('loket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='loket.loket')),
            ],
            options={
                'verbose_name': 'melding per mail',
                'verbose_name_plural': 'meldingen per mail',
                'ordering': ('-gevraagd_op', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='BekendePlaats',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sinds', models.DateTimeField()),
                ('locatie', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='opvang.opvanglocatie')),
                ('melding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bekend', to='opvang.melding')),
            ],
            options={
                'verbose_name': 'bekende plaats',
                'verbose_name_plural': 'bekende plaatsen',
            },
        ),
        migrations.AddIndex(
            model_name='melding',
            index=models.Index(condition=models.Q(('status', 'actief')), fields=['bekeken_op'], name='melding_te_bekijken'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(('soort__in', ['plaats', 'weeklijst'])), name='melding_soort_bestaat'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['wacht_op_bevestiging', 'actief', 'gestopt', 'verlopen'])), name='melding_status_bestaat'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='melding_adres_in_kleine_letters'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(('soort', 'plaats'), ('loket__isnull', False), _connector='OR'), name='melding_weeklijst_is_van_een_loket'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['wacht_op_bevestiging', 'gestopt']), models.Q(('bevestigd_op__isnull', False), ('verloopt_op__isnull', False)), _connector='OR'), name='melding_mailt_alleen_na_bevestiging'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('geeindigd_op__isnull', False), ('status__in', ('gestopt', 'verlopen'))), models.Q(('geeindigd_op__isnull', True), ('status__in', ('wacht_op_bevestiging', 'actief'))), _connector='OR'), name='melding_einde_heeft_tijdstip'),
        ),
        migrations.AddConstraint(
            model_name='melding',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('wacht_op_bevestiging', 'actief'))), fields=('email', 'kenmerk'), name='melding_loopt_een_keer_per_adres'),
        ),
        migrations.AddConstraint(
            model_name='bekendeplaats',
            constraint=models.UniqueConstraint(fields=('melding', 'locatie'), name='bekendeplaats_een_keer_per_melding'),
        ),
    ]
