"""django-helpdesk as its documentation sets it up: one public queue, its own form, its own emails.

Everything here runs in the peer's own environment and imports nothing of the platform.
"""
