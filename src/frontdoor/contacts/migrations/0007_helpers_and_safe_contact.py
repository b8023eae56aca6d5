"""Who speaks for a customer, and how a customer may be reached safely."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0006_indexes_for_counting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Helper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("full_name", models.CharField(max_length=200)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("family", "Family"),
                            ("friend", "Friend or neighbour"),
                            ("carer", "Carer"),
                            ("councillor", "Councillor or MP"),
                            ("advocate", "Advocate or adviser"),
                            ("organisation", "Works for an organisation that helps them"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.CharField(blank=True, max_length=254)),
                (
                    "say",
                    models.CharField(
                        choices=[
                            ("told me", "The customer asked for it, or agreed to it"),
                            ("parent", "The customer is under 16, and this is their parent or guardian"),
                            ("legal power", "By law: a power of attorney, a deputy, an appointee"),
                            ("cannot say", "The customer cannot say, and the helper acts in their interest"),
                        ],
                        max_length=12,
                    ),
                ),
                ("evidence", models.CharField(max_length=400)),
                (
                    "may_tell",
                    models.CharField(
                        choices=[
                            ("everything", "Everything about the customer"),
                            ("some", "Only what is named here"),
                            ("nothing", "Nothing: they only tell us things"),
                        ],
                        max_length=10,
                    ),
                ),
                ("limits", models.CharField(blank=True, max_length=200)),
                (
                    "news_to",
                    models.CharField(
                        choices=[("customer", "The customer"), ("helper", "The helper"), ("both", "Both")],
                        default="customer",
                        max_length=8,
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="helpers",
                        to="contacts.customer",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="helpers_ended",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="helpers_noted",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="contact",
            name="helper",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="contacts",
                to="contacts.helper",
            ),
        ),
        migrations.CreateModel(
            name="SafeContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("may_ring", models.BooleanField(default=True)),
                ("may_text", models.BooleanField(default=True)),
                ("may_email", models.BooleanField(default=True)),
                ("may_post", models.BooleanField(default=True)),
                ("no_messages", models.BooleanField(default=False)),
                ("times", models.CharField(blank=True, max_length=200)),
                ("code_word", models.CharField(blank=True, max_length=60)),
                ("words", models.CharField(blank=True, max_length=400)),
                ("set_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="safe_contacts",
                        to="contacts.customer",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safe_contacts_set",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="helper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "relation__in",
                        ["family", "friend", "carer", "councillor", "advocate", "organisation", "other"],
                    ),
                    ("say__in", ["told me", "parent", "legal power", "cannot say"]),
                    ("may_tell__in", ["everything", "some", "nothing"]),
                    ("news_to__in", ["customer", "helper", "both"]),
                ),
                name="contacts_helper_words_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="helper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("full_name", ""), _negated=True), models.Q(("evidence", ""), _negated=True)
                ),
                name="contacts_helper_named_and_proved",
            ),
        ),
        migrations.AddConstraint(
            model_name="helper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("may_tell", "some"), _negated=True),
                    models.Q(("limits", ""), _negated=True),
                    _connector="OR",
                ),
                name="contacts_helper_limits_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="helper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("news_to", "customer"),
                    models.Q(
                        models.Q(("may_tell", "nothing"), _negated=True),
                        models.Q(
                            models.Q(("phone", ""), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="contacts_helper_news_can_reach",
            ),
        ),
        migrations.AddConstraint(
            model_name="helper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="contacts_helper_ended_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="safecontact",
            index=models.Index(
                condition=models.Q(("replaced_at__isnull", True)),
                fields=["customer"],
                name="contacts_safe_now",
            ),
        ),
        migrations.AddConstraint(
            model_name="safecontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("may_ring", False),
                    ("may_text", False),
                    ("may_email", False),
                    ("may_post", False),
                    ("no_messages", True),
                    models.Q(("times", ""), _negated=True),
                    models.Q(("code_word", ""), _negated=True),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="contacts_safe_contact_says_something",
            ),
        ),
    ]
