"""Judging what a person uploads: `receive.receive_upload` takes the bytes and gives a safe file, or kind
words.

The type is read from the content, never from the name. Images are decoded and written anew, so that
nothing hidden in them survives; PDFs are opened and refused when they hold programs. Nothing here stores
or scans: see `virus`.
"""
