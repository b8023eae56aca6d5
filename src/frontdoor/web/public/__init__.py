"""The customer's side: find a service, apply, report, track and reply, all without an account.

Every page works without scripts. What a customer is doing lives in their session under ids that nobody else can
use; no address carries personal data. `sessions` holds what a browser remembers, `applying` an application on its
way, `tracking` a case that was opened, `front` everything before.
"""
