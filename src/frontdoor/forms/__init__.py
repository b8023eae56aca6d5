"""Forms: which questions to put, what an answer may be, and what is still to come.

Words: *form*, *section*, *question*, *answer* (JSON), *fact* (what conditions read), *interrupt* (a page that
comes between). Doors: `definition` (what a form is), `asking` (what to ask next), `answers` (from what a
person wrote to an answer), `facts`.
"""
