import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('aanvragen', '0003_voorstellen_nemen_plaats'),
        ('loket', '0002_begin'),
        ('opvang', '0010_sluitingen'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Belpoging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uitkomst', models.CharField(choices=[('bereikt', 'Gesproken, we zoeken samen'), ('niet_bereikt', 'Niet bereikt, ik bel nog eens'), ('eigen_oplossing', 'Het gezin heeft zelf een oplossing'), ('elders', 'Het gezin vond een plaats bij een andere opvang'), ('rust', 'Het gezin vraagt rust')], max_length=16)),
                ('opnieuw_op', models.DateField(blank=True, null=True)),
                ('notitie', models.CharField(blank=True, max_length=300)),
                ('op', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'telefoontje',
                'verbose_name_plural': 'telefoontjes',
                'ordering': ('-op', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Noodbericht',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wijze', models.CharField(choices=[('mail', 'Mail'), ('brief', 'Brief')], max_length=8)),
                ('tekst', models.TextField(blank=True, db_comment='what staff add; the rest is the template, filled in when it is sent')),
                ('gemaakt_op', models.DateTimeField()),
                ('verstuurd_op', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'bericht van een noodplan',
                'verbose_name_plural': 'berichten van een noodplan',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Noodplan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dagen', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)], verbose_name='zoek plaatsen die vrij zijn tot zoveel dagen na de sluiting')),
                ('straal_km', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='zoek tot zoveel kilometer van het gezin')),
                ('onbekende_kinderen', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(500)], verbose_name='kinderen in de opvang die wij niet kennen')),
                ('gestart_op', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'noodplan',
                'verbose_name_plural': 'noodplannen',
                'ordering': ('-gestart_op', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Noodplanregel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tot_voordien', models.DateField(blank=True, db_comment='when the care would have ended without the closing', null=True)),
                ('uitkomst', models.CharField(blank=True, choices=[('bereikt', 'Gesproken, we zoeken samen'), ('niet_bereikt', 'Niet bereikt, ik bel nog eens'), ('eigen_oplossing', 'Het gezin heeft zelf een oplossing'), ('elders', 'Het gezin vond een plaats bij een andere opvang'), ('rust', 'Het gezin vraagt rust')], max_length=16)),
                ('bel_op', models.DateField(db_comment='call on this day; what is due first is called first')),
                ('rust_op', models.DateTimeField(blank=True, db_comment='the family asked for calm on the phone', null=True)),
                ('aangemaakt_op', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'kind in een noodplan',
                'verbose_name_plural': 'kinderen in een noodplan',
                'ordering': ('bel_op', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Vervangcapaciteit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aantal', models.PositiveSmallIntegerField(verbose_name='plaatsen')),
                ('vanaf', models.DateField(verbose_name='vanaf')),
                ('tot', models.DateField(verbose_name='tot')),
                ('akkoord_van', models.CharField(max_length=120, verbose_name='wie bij de opvang zei ja')),
                ('akkoord_op', models.DateField(verbose_name='wanneer')),
                ('gemaakt_op', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'tijdelijke vervangplaatsen',
                'verbose_name_plural': 'tijdelijke vervangplaatsen',
                'ordering': ('vanaf', 'pk'),
            },
        ),
        migrations.RemoveConstraint(
            model_name='opvangvraag',
            name='vraag_een_lopende_per_kind',
        ),
        migrations.AddField(
            model_name='opvangvraag',
            name='opvang_stopt_op',
            field=models.DateField(blank=True, db_comment='the location of the placement closes on this day: the child may ask anew (R4)', null=True),
        ),
        migrations.AddConstraint(
            model_name='opvangvraag',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', frozenset(['actief', 'ingediend'])), models.Q(('opvang_stopt_op', None), ('status', 'geplaatst')), _connector='OR'), fields=('kind',), name='vraag_een_lopende_per_kind', violation_error_message='Voor dit kind is er al een opvangvraag.'),
        ),
        migrations.AddField(
            model_name='belpoging',
            name='door',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='noodbericht',
            name='verstuurd_door',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='noodplan',
            name='gestart_door',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='noodplan',
            name='loket',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='noodplannen', to='loket.loket'),
        ),
        migrations.AddField(
            model_name='noodplan',
            name='sluiting',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='noodplan', to='opvang.sluiting'),
        ),
        migrations.AddField(
            model_name='noodplanregel',
            name='heropend',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='noodplanregels', to='aanvragen.opvangvraag'),
        ),
        migrations.AddField(
            model_name='noodplanregel',
            name='noodplan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='regels', to='aanvragen.noodplan'),
        ),
        migrations.AddField(
            model_name='noodplanregel',
            name='plaatsing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='noodplanregels', to='aanvragen.plaatsing'),
        ),
        migrations.AddField(
            model_name='noodbericht',
            name='regel',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='berichten', to='aanvragen.noodplanregel'),
        ),
        migrations.AddField(
            model_name='belpoging',
            name='regel',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='belpogingen', to='aanvragen.noodplanregel'),
        ),
        migrations.AddField(
            model_name='vervangcapaciteit',
            name='door',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='vervangcapaciteit',
            name='locatie',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='opvang.opvanglocatie'),
        ),
        migrations.AddField(
            model_name='vervangcapaciteit',
            name='noodplan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vervangplaatsen', to='aanvragen.noodplan'),
        ),
        migrations.AddField(
            model_name='vervangcapaciteit',
            name='plaatsaanbod',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='vervangcapaciteit', to='opvang.plaatsaanbod'),
        ),
        migrations.AddConstraint(
            model_name='noodplanregel',
            constraint=models.UniqueConstraint(fields=('noodplan', 'plaatsing'), name='noodplanregel_een_per_plaatsing'),
        ),
        migrations.AddConstraint(
            model_name='noodplanregel',
            constraint=models.CheckConstraint(condition=models.Q(('uitkomst', ''), ('uitkomst__in', ['bereikt', 'niet_bereikt', 'eigen_oplossing', 'elders', 'rust']), _connector='OR'), name='noodplanregel_uitkomst_bestaat'),
        ),
        migrations.AddConstraint(
            model_name='noodbericht',
            constraint=models.CheckConstraint(condition=models.Q(('wijze__in', ['mail', 'brief'])), name='noodbericht_wijze_bestaat'),
        ),
        migrations.AddConstraint(
            model_name='noodbericht',
            constraint=models.UniqueConstraint(condition=models.Q(('verstuurd_op', None)), fields=('regel',), name='noodbericht_een_ontwerp_per_kind'),
        ),
        migrations.AddConstraint(
            model_name='belpoging',
            constraint=models.CheckConstraint(condition=models.Q(('uitkomst__in', ['bereikt', 'niet_bereikt', 'eigen_oplossing', 'elders', 'rust'])), name='belpoging_uitkomst_bestaat'),
        ),
        migrations.AddConstraint(
            model_name='vervangcapaciteit',
            constraint=models.CheckConstraint(condition=models.Q(('vanaf__lt', models.F('tot'))), name='vervangcapaciteit_begint_voor_ze_eindigt'),
        ),
        migrations.AddConstraint(
            model_name='vervangcapaciteit',
            constraint=models.CheckConstraint(condition=models.Q(('aantal__gte', 1)), name='vervangcapaciteit_heeft_plaatsen'),
        ),
    ]
