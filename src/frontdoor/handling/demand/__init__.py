"""Avoidable contact, worked out from the record and not ticked from memory.

`seeing` gathers what the record says about an enquiry, `rules` are plain functions that read it and say why a contact
came, each with its evidence, and `classifying` keeps what they propose and what the advisor makes of it.
"""
