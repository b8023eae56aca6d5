"""The engine that talks: what is said, in; what it is about, what to say and what to ask next, out.

Plain Python, no database and no clock. Words: *entry* (something people come for), *danger* (what interrupts
everything). Doors: `finder` (words to entries), `urgent` (danger in words).
"""
