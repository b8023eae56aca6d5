"""Email over SMTP, through the council's own mail server."""
