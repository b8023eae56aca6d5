"""A browser for processes: keeps cookies, follows redirects, sends a page's own form again. And a flood."""

from __future__ import annotations

import re
import socket
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

PATIENCE = 90
PIECE = b"x" * 1024 * 1024
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
FORM = re.compile(r'<form method="post" action="([^"]*)".*?</form>', re.DOTALL)


class Browser:
    """One visitor. After every request `address` and `page` hold where it has come to and what it shows."""

    def __init__(self, origin: str) -> None:
        self.address, self.page = origin, ""
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, address: str) -> tuple[int, str]:
        """Status and page."""
        return self._open(Request(urljoin(self.address, address)))

    def post(self, address: str, **fields: str) -> tuple[int, str]:
        """Send a form with the token of the page that is open: status and page."""
        token = TOKEN.search(self.page)
        assert token is not None, f"the page at {self.address} has no form"
        return self._send(urljoin(self.address, address), {"csrfmiddlewaretoken": token[1], **fields})

    def send_again(self, page: str) -> tuple[int, str]:
        """Press the button of a page that holds what was entered: status and page."""
        form = FORM.search(page)
        assert form is not None, "the page has no form"
        return self._send(urljoin(self.address, form[1]), dict(HIDDEN.findall(form[0])))

    def _send(self, address: str, fields: dict[str, str]) -> tuple[int, str]:
        return self._open(Request(address, urlencode(fields).encode()))

    def _open(self, request: Request) -> tuple[int, str]:
        try:
            answer = self._opener.open(request, timeout=PATIENCE)
        except HTTPError as fault:
            answer = fault
        with answer:
            self.address, self.page = answer.geturl(), answer.read().decode()
            return int(answer.status), self.page


def upload(port: int, length: bytes, before_each: bytes, *, megabytes: int) -> bytes:
    """Send so many megabytes and return the beginning of the answer. `length` is the header that announces them, and
    `before_each` stands before every megabyte (a chunk's size). A browser too listens only once it has sent."""
    head = b"POST /anywhere HTTP/1.1\r\nHost: 127.0.0.1\r\n" + length + b"\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(head)
        try:
            for _ in range(megabytes):
                line.sendall(before_each + PIECE + (b"\r\n" if before_each else b""))
        except ConnectionError:  # the server has heard enough
            return line.recv(100)
        return line.recv(100)


def most_memory(process: int) -> int:
    """The most memory a process ever held, in bytes."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) * 1024
