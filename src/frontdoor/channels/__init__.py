"""The ports to the outside, one folder for each supplier.

A port is a small protocol with frozen values (`messages`, `virus.scanner`, `payments.provider`). An adapter
speaks to one supplier and is handed its settings; it reads no environment and no database of its own. Every
adapter of a port passes the same contract tests in `tests/spec/channels`.

Doors: `messages` (email, text and letter out), `inbound` (what came in), `letters` (letters as PDF),
`uploads.receive` (judging a file), `virus` (scanning it), `payments` (card payments).
"""
