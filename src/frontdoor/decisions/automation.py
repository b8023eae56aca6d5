"""How far software may go by itself on a decision sheet, and why not further."""

from __future__ import annotations

from dataclasses import dataclass

from frontdoor.decisions.definition import Automation, RuleSet, Sheet


@dataclass(frozen=True)
class MayAutomate:
    """Whether software may make the move of a sheet, and the reason in words either way.

    Reads as a truth value.
    """

    is_allowed: bool
    why: str

    def __bool__(self) -> bool:
        return self.is_allowed


def may_automate(*, sheet: Sheet, rules: RuleSet, consent: bool) -> MayAutomate:
    """Whether software may make the sheet's move.

    `consent`: the customer agreed to a decision without a person.

    Only a clear outcome that moves the case, and never the last resort: whatever is doubtful goes to a
    person. The council's own choice (`automation` in decision.yaml) goes before. Law: UK GDPR articles 22A to
    22D, as inserted by the Data (Use and Access) Act 2025.
    """
    doubts = ", ".join(sheet.doubts)
    refusals = {
        "This service lets software prepare a decision; a person makes it.": rules.automation
        is Automation.PREPARE_ONLY,
        "The customer has not agreed to a decision without a person.": (
            rules.automation is Automation.AUTOMATIC_WITH_CONSENT and not consent
        ),
        "No rule decides this case, so a person does.": sheet.is_otherwise or sheet.move is None,
        f"Something is in doubt: {doubts or 'an earlier outcome'}. A person looks at it.": not sheet.is_clear,
    }
    for why, applies in refusals.items():
        if applies:
            return MayAutomate(False, why)
    return MayAutomate(
        True, f"The outcome “{sheet.outcome}” is clear: {', '.join(sheet.because) or 'no doubt'}."
    )
