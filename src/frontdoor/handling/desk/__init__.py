"""The stories of the advisor's desk: take a contact, find who it is, see what they have open, note each enquiry, fill in
a form together, hand on with a promise, and end.

Every story needs `May.TAKE_CONTACTS`, and a contact is changed only by who took it.
"""
