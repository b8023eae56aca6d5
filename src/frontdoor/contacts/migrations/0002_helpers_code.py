"""A code may go to the helper whom a case names: then it has no contact point of the customer's."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="accesscode",
            name="point",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="codes",
                to="contacts.contactpoint",
            ),
        ),
    ]
