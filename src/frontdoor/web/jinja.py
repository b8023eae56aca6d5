"""The template environment: what every page may use without asking for it.

A name that a template uses but nobody gave is an error here, never an empty space on a page. The design
system's own macros rely on the opposite (an option left out is simply empty), so they live in an environment
of their own, reached through `govuk`: `{{ govuk.button({"text": "Continue"}) }}`.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, ngettext, pgettext
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Macro

from frontdoor.web import navigation, words
from frontdoor.web.look import council_look
from frontdoor.web.paging import page_numbers

TEMPLATES = Path(__file__).resolve().parent / "templates"


class Compiled(FileSystemBytecodeCache):
    """Templates as bytecode in the installation's own folder, so that a new process shows its first pages at once.

    Where the folder cannot be written, each process compiles what it shows.
    """

    def __init__(self) -> None:
        folder = settings.HOME_FOLDER / "templates"
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder), f"{version('jinja2')}-%s")

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was kept, if there is any."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if there is room for it."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


class Govuk:
    """The macros of the design system by their short names: `govuk.error_summary` is `govukErrorSummary`."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("govuk_frontend_jinja"),
            autoescape=True,
            undefined=ChainableUndefined,
            bytecode_cache=Compiled(),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # The macros' own imports name their package first, as they would inside an application's loader.
        self._environment.loader = _InPackage(self._environment.loader)

    def __getattr__(self, name: str) -> Macro:
        if name.startswith("_"):
            raise AttributeError(name)
        folder = name.replace("_", "-")
        template = self._environment.get_template(f"govuk_frontend_jinja/components/{folder}/macro.html")
        macro = getattr(template.module, "govuk" + "".join(part.title() for part in name.split("_")))
        setattr(self, name, macro)
        return macro  # type: ignore[no-any-return]


class _InPackage(BaseLoader):
    """Finds "govuk_frontend_jinja/x.html" as "x.html" in the package of that name."""

    def __init__(self, inner: BaseLoader | None) -> None:
        self._inner = inner

    def get_source(self, environment: Environment, template: str) -> Any:
        assert self._inner is not None  # given by Govuk
        return self._inner.get_source(environment, template.removeprefix("govuk_frontend_jinja/"))


def url(name: str, /, *args: object, query: dict[str, str] | None = None, **kwargs: object) -> str:
    """The address of a named page. Raises NoReverseMatch for a name that no page has."""
    return reverse(name, args=args or None, kwargs=kwargs or None, query=query)


def ago_words(at: datetime) -> str:
    """How long ago an instant was, seen from now."""
    return words.ago_words(at, timezone.now())


def environment(**options: Any) -> Environment:
    """The environment of Django's Jinja2 backend, which hands its options in."""
    options["undefined"] = StrictUndefined
    options.setdefault("autoescape", True)
    options.setdefault("bytecode_cache", Compiled())
    options["loader"] = ChoiceLoader(
        [options["loader"]] if "loader" in options else [FileSystemLoader(TEMPLATES)]
    )
    env = Environment(
        **options, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do"]
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext, ngettext, newstyle=True, pgettext=pgettext
    )
    env.globals.update(_globals())
    env.filters.update(_filters())
    return env


def _globals() -> dict[str, Any]:
    return {
        "static": static,
        "url": url,
        "govuk": Govuk(),
        "council": SimpleLazyObject(council_look),
        "header_links": navigation.header_links,
        "footer_links": navigation.footer_links,
        "staff_person": navigation.staff_person,
        "staff_links": navigation.staff_links,
        "page_exists": navigation.page_exists,
        "page_numbers": page_numbers,
        "debug": bool(settings.DEBUG),
    }


def _filters() -> dict[str, Any]:
    return {
        "date_words": words.date_words,
        "short_date_words": words.short_date_words,
        "day_words": words.day_words,
        "time_words": words.time_words,
        "datetime_words": words.datetime_words,
        "ago_words": ago_words,
        "size_words": words.size_words,
        "pounds_words": words.pounds_words,
        "iso": words.iso,
    }
