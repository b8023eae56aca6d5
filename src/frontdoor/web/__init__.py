"""Pages: what customers and staff see in a browser.

A view translates in, makes one call inward, and translates out. `layouts` and `components` under `templates`
are the parts every page is made of; `jinja` says what a template may use; `look` and `brand` are the
council's own appearance.
"""
