"""The words of every environment variable; docs/generated/settings.md is made from them.

"Needed" means: when the adapter is chosen that the line begins with.
"""

from __future__ import annotations

from collections.abc import Mapping

VARIABLES: Mapping[str, str] = {
    "FRONTDOOR_HOME": "Folder for the database, the secret key, kept files and logs. Default: `var` in the checkout.",
    "FRONTDOOR_DATABASE_URL": (
        "`postgres://user:password@host:port/name?sslmode=require` (`pool=20`: connections of one process), or "
        "`sqlite:////absolute/path/of/file` (`?wait=20`: seconds that a writer waits for another). Default: "
        "`db.sqlite3` in the home folder."
    ),
    "FRONTDOOR_PUBLIC_URL": (
        "The address customers type, such as `https://frontdoor.example`. With https, cookies are sent over "
        "https only. Default: `http://127.0.0.1:8000`."
    ),
    "FRONTDOOR_HOSTS": "Further host names to answer to, separated by commas. Default: this machine's loopback names.",
    "FRONTDOOR_COUNCIL": "Folder of the council's own data: words, colours, places, teams. Default: the demo council.",
    "FRONTDOOR_PACKS": "Folder of the services this council offers. Default: `packs` in the checkout.",
    "FRONTDOOR_SECRET_KEY": "Signs sessions and links. Default: made once and kept in the home folder.",
    "FRONTDOOR_DEBUG": "`1` shows faults in the browser. For development only. Default: `0`.",
    "FRONTDOOR_LOG": "`console` for people, `json` for machines. Default: `console`.",
    "FRONTDOOR_EMAIL_BY": "Who carries emails: `console` (kept in a folder), `smtp` or `notify`. Default: `console`.",
    "FRONTDOOR_TEXT_BY": "Who carries text messages: `console` or `notify`. Default: `console`.",
    "FRONTDOOR_LETTER_BY": "Who carries letters: `console` (kept in a folder) or `notify`. Default: `console`.",
    "FRONTDOOR_SCANNED_BY": "Who looks for viruses in files: `none` or `clamav`. Default: `none`, and screens say so.",
    "FRONTDOOR_PAYMENTS_BY": (
        "Who takes payments: `none`, `govuk_pay`, or `practice` (a page on this machine; no money moves). "
        "Default: `practice` for the demo council, else `none`."
    ),
    "FRONTDOOR_SECOND_FACTOR": (
        "`required`: every member of staff signs in with a code from an app as well. `optional` is possible with the "
        "demo council only, and is its default."
    ),
    "FRONTDOOR_UPLOAD_MEGABYTES": "Largest request accepted, all files of one page together. Default: `25`.",
    "FRONTDOOR_LEASE_SECONDS": (
        "How long a worker may be silent before another takes over what it was doing; the same for all workers. "
        "Default: `15`."
    ),
    "FRONTDOOR_METRICS_TOKEN": (
        "The bearer token that `/metrics` asks for. Default: none, and `/metrics` answers this machine only."
    ),
    "FRONTDOOR_SENT_FOLDER": "Console: folder in which messages are kept. Default: `sent` in the home folder.",
    "FRONTDOOR_FROM_NAME": "Name that messages come from. Default: the council's name.",
    "FRONTDOOR_FROM_ADDRESS": "Address that emails come from. Default: the council's email address.",
    "FRONTDOOR_SMTP_HOST": "SMTP: name of the mail server. Needed.",
    "FRONTDOOR_SMTP_PORT": "SMTP: its port. Default: 587 with starttls, 465 with tls, 25 with none.",
    "FRONTDOOR_SMTP_SECURITY": "SMTP: `starttls`, `tls` or `none`. Default: `starttls`.",
    "FRONTDOOR_SMTP_USER": "SMTP: user name, where the server wants one.",
    "FRONTDOOR_SMTP_PASSWORD": "SMTP: the user's password.",
    "FRONTDOOR_SMTP_TIMEOUT": "SMTP: seconds to wait for the server. Default: 20.",
    "FRONTDOOR_NOTIFY_API_KEY": "GOV.UK Notify: the key. Needed.",
    "FRONTDOOR_NOTIFY_EMAIL_TEMPLATE": "Notify: id of the email template with ((subject)) and ((body)). Needed.",
    "FRONTDOOR_NOTIFY_TEXT_TEMPLATE": "Notify: id of the text template with ((body)). Needed.",
    "FRONTDOOR_NOTIFY_LETTER_TEMPLATE": "Notify: id of the letter template, where letters go through Notify.",
    "FRONTDOOR_NOTIFY_EMAIL_WITH_FILE_TEMPLATE": "Notify: id of the email template with ((link_to_file)).",
    "FRONTDOOR_NOTIFY_POSTAGE": "Notify: `first`, `second` or `economy`. Default: `second`.",
    "FRONTDOOR_NOTIFY_CALLBACK_TOKENS": "Notify: bearer tokens its callbacks may carry, separated by commas.",
    "FRONTDOOR_NOTIFY_URL": "Notify: another address, for tests.",
    "FRONTDOOR_NOTIFY_TIMEOUT": "Notify: seconds to wait for an answer.",
    "FRONTDOOR_CLAMAV": "ClamAV: `unix:/run/clamav/clamd.ctl` or `tcp://host:3310`. Needed.",
    "FRONTDOOR_CLAMAV_TIMEOUT": "ClamAV: seconds to wait for a verdict. Default: 30.",
    "FRONTDOOR_PAY_API_KEY": "GOV.UK Pay: the key. Keys that begin with api_test_ take no money. Needed.",
    "FRONTDOOR_PAY_URL": "GOV.UK Pay: another address, for tests.",
    "FRONTDOOR_PAY_SIGNING_SECRETS": "GOV.UK Pay: secrets its signed news may carry, separated by commas.",
    "FRONTDOOR_PAY_TIMEOUT": "GOV.UK Pay: seconds to wait for an answer. Default: 20.",
}
