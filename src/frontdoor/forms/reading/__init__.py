"""Readers: from what a person typed to an answer, or to words that say what to change; one file a family of
types.
"""
