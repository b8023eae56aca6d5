"""The lines of docs/operations.md for the reverse proxy and for systemd, as they stand there."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path
from time import monotonic, sleep

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from frontdoor.config.environment import CHECKOUT
from tests.integration.config.conftest import wait_for_page
from tests.integration.installing import Installation, is_postgres

NAME = "frontdoor.example"
MEGABYTE = 1024 * 1024
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
MOST_LOOKUPS = 10
pytestmark = pytest.mark.skipif(is_postgres(), reason="neither knows the database")


@dataclass
class Proxy:
    """nginx on loopback; every request is made from an address of one's own choice."""

    port: int

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        source: str = "127.0.0.2",
        **headers: str,
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers and page."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        line = HTTPSConnection(
            "127.0.0.1", self.port, timeout=60, context=context, source_address=(source, 0)
        )
        try:
            sent = {"Host": NAME, **{name.replace("_", "-"): value for name, value in headers.items()}}
            line.request(method, path, body=body or None, headers=sent)
            answer = line.getresponse()
            return (
                answer.status,
                {name.lower(): value for name, value in answer.getheaders()},
                answer.read().decode("utf-8", "replace"),
            )
        finally:
            line.close()


@pytest.fixture
def proxy(prepared: Installation, port: int, tmp_path: Path) -> Iterator[Proxy]:
    """An installation behind the documented proxy: one of its two web servers runs, the other is down."""
    prepared.variables["FRONTDOOR_PUBLIC_URL"] = f"https://{NAME}"
    web = prepared.start("web", "--port", str(port))
    wait_for_page(f"http://127.0.0.1:{port}/robots.txt", web, Host=NAME)
    plain, safe, dead = _free_port(), _free_port(), _free_port()
    _certificate(tmp_path)
    lines = documented("nginx")
    for found, instead in {
        "127.0.0.1:8001": f"127.0.0.1:{dead}",
        "127.0.0.1:8002": f"127.0.0.1:{port}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{safe} ssl;",
        "/etc/ssl/": f"{tmp_path}/",
    }.items():
        assert found in lines
        lines = lines.replace(found, instead)
    with _nginx(lines, tmp_path, safe):
        yield Proxy(safe)


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed: sudo apt-get install nginx-light")
def test_documented_proxy_serves_limits_and_tells_the_client_s_address(proxy: Proxy) -> None:
    status, headers, page = proxy.ask("GET", "/")
    assert status == 200
    assert "max-age=31536000" in headers["strict-transport-security"]
    assert "default-src" in headers["content-security-policy"]
    assert "uvicorn" not in headers.get("server", "")
    assert not re.search(r"\d", headers.get("server", ""))
    assert "<html" in page

    assert proxy.ask("GET", "/metrics")[0] == 404
    assert proxy.ask("GET", "/", Host="elsewhere.example")[0] == 400

    status, _, page = proxy.ask("POST", "/track", body=b"x" * (30 * MEGABYTE))
    assert (status, "</html>" in page, "nginx" in page) == (413, True, False)
    assert proxy.ask("POST", "/track", body=b"x" * (101 * MEGABYTE))[0] == 413

    status, headers, page = proxy.ask("GET", "/track")
    cookie = headers["set-cookie"]
    assert "Secure" in cookie
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    sent = f"csrfmiddlewaretoken={token[1]}&reference=BB-0000-000&surname=Nobody".encode()

    def look_up(source: str, forged: str) -> int:
        return proxy.ask(
            "POST",
            "/track",
            body=sent,
            source=source,
            Cookie=cookie.partition(";")[0],
            Referer=f"https://{NAME}/track",
            X_Forwarded_For=forged,
            Content_Type="application/x-www-form-urlencoded",
        )[0]

    tries = [look_up("127.0.0.2", f"198.51.100.{number}") for number in range(MOST_LOOKUPS + 1)]
    assert tries == [200] * MOST_LOOKUPS + [429]  # a forged address does not make somebody another
    assert look_up("127.0.0.3", "127.0.0.2") == 200  # and nobody else suffers for it


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None,
    reason="systemd-analyze is not installed: sudo apt-get install systemd",
)
def test_documented_units_are_understood_by_systemd(tmp_path: Path) -> None:
    text = (CHECKOUT / "docs" / "operations.md").read_text("utf-8")
    web, backup, timer = re.findall(r"```ini\n(\[Unit\].*?)```", text, re.DOTALL)
    other = re.search(r"```ini\n(Description=[^\n]*\n)(ExecStart=[^\n]*\n)```", text)
    assert other is not None
    worker = re.sub(r"Description=[^\n]*\n", other[1], re.sub(r"ExecStart=[^\n]*\n", other[2], web))
    units = {
        "frontdoor-web@8001.service": web,
        "frontdoor-worker@1.service": worker,
        "frontdoor-backup.service": backup,
        "frontdoor-backup.timer": timer,
    }
    for name, unit in units.items():
        (tmp_path / name).write_text(unit.replace("/opt/frontdoor", str(CHECKOUT)), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in units)],
        check=False,
        capture_output=True,
        text=True,
    )
    complaints = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "frontdoor" in line]
    assert complaints == []


def documented(language: str) -> str:
    """The block of docs/operations.md in this language."""
    text = (CHECKOUT / "docs" / "operations.md").read_text("utf-8")
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1]


@contextmanager
def _nginx(lines: str, folder: Path, port: int) -> Iterator[None]:
    kept = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    settings = folder / "nginx.conf"
    settings.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {kept}\n{lines}\n}}\n"
    )
    assert NGINX is not None
    server = subprocess.Popen([NGINX, "-e", f"{folder}/error.log", "-c", str(settings)])
    try:
        end = monotonic() + 20
        while not _answers(port):
            assert server.poll() is None, (folder / "error.log").read_text()
            assert monotonic() < end
            sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(20)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "frontdoor.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "frontdoor.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number
