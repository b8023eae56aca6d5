"""What a customer will post; who took what was handed on, and what the customer heard of it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_indexes_for_counting"),
        ("contacts", "0007_helpers_and_safe_contact"),
        ("staff", "0002_sessions_end"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="papers_promised",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="taken_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="told_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("spoke", "Spoke with them"),
                    ("wrote", "Wrote to them"),
                    ("no need", "There was nothing to tell"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="told_words",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_how", ""),
                    models.Q(("settled_at__isnull", False), ("told_how__in", ["spoke", "wrote", "no need"])),
                    _connector="OR",
                ),
                name="cases_enquiry_told_when_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken_at__isnull", True), ("to_user__isnull", False), _connector="OR"),
                name="cases_enquiry_taken_by_somebody",
            ),
        ),
    ]
