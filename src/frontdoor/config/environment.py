"""Every value an installation can set, read once from the environment and checked. `variables.py` has their words."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

CHECKOUT = Path(__file__).resolve().parents[3]


class BadEnvironment(Exception):
    """A setting in the environment cannot be used. Mend it and start again; trying again alone cannot help."""


@dataclass(frozen=True)
class Environment:
    """The installation's own values. Paths are absolute; `raw` is what adapters read their own values from."""

    home: Path
    database_url: str
    public_url: str
    hosts: tuple[str, ...]
    council: Path
    packs: Path
    secret_key: str
    is_debug: bool
    log_style: str
    carriers: Mapping[str, str]
    scanned_by: str
    payments_by: str
    upload_bytes: int
    lease_seconds: int
    needs_second_factor: bool
    raw: Mapping[str, str]

    def listed(self, name: str) -> tuple[str, ...]:
        """A value that lists several things, separated by commas; empty where it is not set."""
        return tuple(filter(None, (each.strip() for each in self.raw.get(name, "").split(","))))

    @property
    def is_https(self) -> bool:
        """True when customers reach this installation over https."""
        return self.public_url.startswith("https://")

    @property
    def is_demo(self) -> bool:
        """True when this is the made-up council: a real one names its own folder."""
        return is_demo(self.raw)


def read_environment(values: Mapping[str, str]) -> Environment:
    """Read the settings from `values` (usually `os.environ`); raises BadEnvironment, naming the variable."""
    home = Path(values.get("FRONTDOOR_HOME") or CHECKOUT / "var").expanduser().resolve()
    public_url = values.get("FRONTDOOR_PUBLIC_URL") or "http://127.0.0.1:8000"
    return Environment(
        home=home,
        database_url=values.get("FRONTDOOR_DATABASE_URL") or f"sqlite:///{home / 'db.sqlite3'}",
        public_url=public_url,
        hosts=_hosts(values, public_url),
        council=_folder(values, "FRONTDOOR_COUNCIL", CHECKOUT / "councils" / "wealdmoor"),
        packs=_folder(values, "FRONTDOOR_PACKS", CHECKOUT / "packs"),
        secret_key=values.get("FRONTDOOR_SECRET_KEY") or _kept_secret(home),
        is_debug=_one_of(values, "FRONTDOOR_DEBUG", ("0", "1")) == "1",
        log_style=_one_of(values, "FRONTDOOR_LOG", ("console", "json")),
        carriers={
            channel: _one_of(values, f"FRONTDOOR_{channel.upper()}_BY", ("console", "smtp", "notify"))
            for channel in ("email", "text", "letter")
        },
        scanned_by=_one_of(values, "FRONTDOOR_SCANNED_BY", ("none", "clamav")),
        payments_by=_one_of(values, "FRONTDOOR_PAYMENTS_BY", _payment_choices(values)),
        upload_bytes=_number(values, "FRONTDOOR_UPLOAD_MEGABYTES", "megabytes", 25) * 1024 * 1024,
        lease_seconds=_number(values, "FRONTDOOR_LEASE_SECONDS", "seconds", 15),
        needs_second_factor=_one_of(values, "FRONTDOOR_SECOND_FACTOR", _factor_choices(values)) == "required",
        raw=values,
    )


def is_demo(values: Mapping[str, str]) -> bool:
    """True when `values` name no council of their own."""
    return not values.get("FRONTDOOR_COUNCIL")


def _folder(values: Mapping[str, str], name: str, default: Path) -> Path:
    chosen = values.get(name)
    if not chosen:
        return default
    folder = Path(chosen).expanduser().resolve()
    if not folder.is_dir():
        raise BadEnvironment(
            f"{name} names {folder}, which is not a folder. Give the path of a folder that exists."
        )
    return folder


def _one_of(values: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    chosen = values.get(name) or choices[0]
    if chosen not in choices:
        raise BadEnvironment(
            f"{name} is {chosen!r}, which is not known here. Use one of: {', '.join(choices)}."
        )
    return chosen


def _payment_choices(values: Mapping[str, str]) -> tuple[str, ...]:
    """The first is the default: a real council must not take practice money because nobody thought of it."""
    return ("practice", "none", "govuk_pay") if is_demo(values) else ("none", "govuk_pay", "practice")


def _factor_choices(values: Mapping[str, str]) -> tuple[str, ...]:
    """The first is the default: only the made-up council may be looked at with a password alone."""
    return ("optional", "required") if is_demo(values) else ("required",)


def _number(values: Mapping[str, str], name: str, unit: str, default: int) -> int:
    text = values.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 1024:
        raise BadEnvironment(f"{name} is {text!r}. Give a whole number of {unit} from 1 to 1024.")
    return int(text)


def _hosts(values: Mapping[str, str], public_url: str) -> tuple[str, ...]:
    public_host = urlsplit(public_url).hostname
    if not public_host:
        raise BadEnvironment(
            f"FRONTDOOR_PUBLIC_URL is {public_url!r}, which names no host. Write it as https://frontdoor.example"
        )
    named = [host.strip() for host in values.get("FRONTDOOR_HOSTS", "").split(",") if host.strip()]
    return tuple(dict.fromkeys([public_host, "localhost", "127.0.0.1", "[::1]", *named]))


def _kept_secret(home: Path) -> str:
    """The key made at the first start; readable by its owner only. Two first starts at once agree on one key."""
    path = home / "secret.key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        draft = home / f"secret.key.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), "ascii")
        with suppress(FileExistsError):
            path.hardlink_to(draft)  # unlike a rename, never replaces a key that another start has made
        draft.unlink()
    return path.read_text("ascii").strip()
