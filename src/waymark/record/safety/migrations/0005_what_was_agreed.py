from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('safety', '0004_shares'),
    ]

    operations = [
        migrations.AddField(
            model_name='concern',
            name='visit_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='concern',
            name='follow_up_on',
            field=models.DateField(null=True),
        ),
    ]
