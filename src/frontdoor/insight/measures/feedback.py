"""What people say of us: surveys, compliments, complaints."""

from __future__ import annotations

from frontdoor.insight.measures.shape import Measure, Sums, Unit, ratio, received, share

CONTENT = ("rated/4", "rated/5")


def rated(sums: Sums) -> int:
    """Surveys that were answered."""
    return sums.all_of("rated/")


FEEDBACK: tuple[Measure, ...] = (
    Measure(
        "satisfaction",
        "Satisfied customers",
        "Points four and five of five, of all who answered the survey after a contact or a case. Read it with the "
        "response rate: who is very pleased or very cross answers sooner. Customers of restricted services are never "
        "asked.",
        Unit.PER_CENT,
        lambda sums: share(sums.count(*CONTENT), rated(sums)),
        rated,
        "more",
    ),
    Measure(
        "response-rate",
        "Survey response rate",
        "Surveys answered in the period, of those sent in it. A link works for 30 days, so that some answers belong to "
        "surveys of the month before.",
        Unit.PER_CENT,
        lambda sums: share(rated(sums), sums.count("surveyed")),
        lambda sums: sums.count("surveyed"),
    ),
    Measure(
        "complaints",
        "Complaints for a thousand contacts",
        "Complaints opened in the period for each thousand contacts on all channels.",
        Unit.PER_THOUSAND,
        lambda sums: ratio(1000 * sums.count("opened/complaint"), sums.count("received")),
        received,
        "less",
    ),
    Measure(
        "compliments",
        "Compliments for a thousand contacts",
        "Compliments passed on in the period for each thousand contacts on all channels; suggestions and comments are "
        "not in it. Some councils leave social media out of the contacts, which makes both rates a little higher.",
        Unit.PER_THOUSAND,
        lambda sums: ratio(1000 * sums.count("ended/compliment passed on"), received(sums)),
        received,
        "more",
    ),
)
