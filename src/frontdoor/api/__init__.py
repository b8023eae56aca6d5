"""The API: what machines call. Today the hooks by which suppliers tell us what became of what they carry.

Doors: `hooks` (GOV.UK Notify's receipts, news of GOV.UK Pay), `urls`.
"""
