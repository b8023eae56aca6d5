"""An index to find customers by; two records of one person can be made one and parted again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from frontdoor.contacts.describing import described
from frontdoor.contacts.findkeys import keys_of

AT_ONCE = 1000


def file_everybody(apps, editor):
    """Everybody we know gets a place in the index."""
    customer, point = apps.get_model("contacts", "Customer"), apps.get_model("contacts", "ContactPoint")
    card, key = apps.get_model("contacts", "FindCard"), apps.get_model("contacts", "FindKey")
    last = None
    while True:
        rows = customer.objects.order_by("pk")
        rows = list((rows.filter(pk__gt=last) if last else rows)[:AT_ONCE])
        if not rows:
            return
        points = {}
        for each in point.objects.filter(customer__in=rows).order_by("pk"):
            points.setdefault(each.customer_id, []).append((each.kind, each.value_key, each.address))
        cards = card.objects.bulk_create([card(customer=row) for row in rows])
        key.objects.bulk_create(
            [
                key(card=filed, key=number)
                for filed, row in zip(cards, rows, strict=True)
                for number in keys_of(described([row.full_name], row.born_on, points.get(row.pk, ())))
            ],
            batch_size=5000,
        )
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0003_contacts_taken_by_staff"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FindCard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FindKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("because", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                ("moved", models.JSONField(default=dict)),
                ("filled", models.JSONField(default=dict)),
                ("closed", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="customer",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_here",
                to="contacts.customer",
            ),
        ),
        migrations.AddField(
            model_name="likeness",
            name="settled_as",
            field=models.CharField(
                blank=True,
                choices=[("same", "The same person"), ("different", "Different people")],
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="likeness",
            name="settled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="likeness",
            name="settled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="likenesses_settled",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="likeness",
            index=models.Index(
                condition=models.Q(("settled_as", "")), fields=["noticed_at"], name="contacts_likeness_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="customer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="contacts_customer_not_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="likeness",
            constraint=models.CheckConstraint(
                condition=models.Q(("settled_as__in", ["", "same", "different"])),
                name="contacts_likeness_settled",
            ),
        ),
        migrations.AddField(
            model_name="findcard",
            name="customer",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="card", to="contacts.customer"
            ),
        ),
        migrations.AddField(
            model_name="findkey",
            name="card",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="contacts.findcard"
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="keep",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="contacts.customer"
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="other",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges_as_other",
                to="contacts.customer",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges_undone",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="findkey",
            constraint=models.UniqueConstraint(fields=("key", "card"), name="contacts_findkey_once"),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("other",),
                name="contacts_merged_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("keep", models.F("other")), _negated=True), name="contacts_merge_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                    _connector="OR",
                ),
                name="contacts_merge_undone_by_somebody",
            ),
        ),
        migrations.RunPython(file_everybody, migrations.RunPython.noop, elidable=True),
    ]
