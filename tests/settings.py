"""The installation's settings as the tests run them: in a folder of their own, with quick password hashing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

if "FRONTDOOR_TEST_HOME" not in os.environ:  # the processes of one run share a folder, runs do not
    os.environ["FRONTDOOR_TEST_HOME"] = tempfile.mkdtemp(prefix="frontdoor-tests-")
os.environ["FRONTDOOR_HOME"] = os.environ["FRONTDOOR_TEST_HOME"]
os.environ.pop("FRONTDOOR_DATABASE_URL", None)
if "FRONTDOOR_TEST_DATABASE_URL" in os.environ:
    os.environ["FRONTDOOR_DATABASE_URL"] = os.environ["FRONTDOOR_TEST_DATABASE_URL"]

from frontdoor.config.settings import *  # noqa: F403
from frontdoor.config.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    # A file rather than memory: threads then meet the locks that they meet in use.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["FRONTDOOR_HOME"]) / "test.sqlite3")}
