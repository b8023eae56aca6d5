"""Several hosts on this machine: network namespaces on a switch, each of which can be cut off and joined again.

Everything lives in a network of this program's own (`in_a_network_of_its_own`), so nothing of the machine's network is
touched, and the kernel removes it all when the program ends, however it ends. Needs root, and `ip`, `unshare` and
`nsenter` (Debian: iproute2, util-linux).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

MARK = "BENCH_NETWORK_OF_ITS_OWN"
SWITCH = "switch"
NETWORK = "10.77.0.0/24"
HERE = "10.77.0.1"
"""Where this program, the database and the mail server are, seen from the hosts."""


class NoHosts(Exception):
    """Several hosts cannot be made on this machine: that needs root, and the programs ip, unshare and nsenter."""


@dataclass(frozen=True)
class Host:
    """One host: commands run on it with `words`, others reach it at `address`."""

    name: str
    address: str
    holder: int | None = None

    def words(self, command: Sequence[str]) -> list[str]:
        """The command, to be run on this host. It becomes the program itself, with no shell between."""
        if self.holder is None:
            return list(command)
        return ["nsenter", f"--net=/proc/{self.holder}/ns/net", "--", *command]

    def cut_off(self) -> None:
        """Pull the plug at the switch: nothing comes or goes, and no program on the host is told."""
        _ip("link", "set", self.name, "down")

    def join_again(self) -> None:
        """Put the plug back."""
        _ip("link", "set", self.name, "up")


THIS_MACHINE = Host("this machine", "127.0.0.1")


def in_a_network_of_its_own(module: str, words: Sequence[str]) -> None:
    """Start this program anew in an empty network, unless it is in one already. Raises NoHosts."""
    if MARK in os.environ:
        _ip("link", "set", "lo", "up")
        return
    trial = ["unshare", "--net", "true"]
    if os.getuid() != 0 or not all(map(shutil.which, ("ip", "unshare", "nsenter"))):
        raise NoHosts(NoHosts.__doc__)
    if subprocess.run(trial, check=False, capture_output=True).returncode:
        raise NoHosts("Several hosts cannot be made here: the system does not allow network namespaces.")
    sys.stdout.flush()
    command = ["unshare", "--net", "--", sys.executable, "-m", module, *words]
    os.execvpe("unshare", command, {**os.environ, MARK: "1"})


@contextmanager
def hosts(names: Sequence[str]) -> Iterator[dict[str, Host]]:
    """Hosts by these names on one switch; all of them end with the context."""
    _ip("link", "add", SWITCH, "type", "bridge")
    _ip("addr", "add", f"{HERE}/24", "dev", SWITCH)
    _ip("link", "set", SWITCH, "up")
    holders: list[subprocess.Popen[bytes]] = []
    try:
        made: dict[str, Host] = {}
        for number, name in enumerate(names, start=2):
            holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"], stdin=subprocess.DEVNULL)
            holders.append(holder)
            made[name] = _plugged_in(name, f"10.77.0.{number}", holder.pid)
        yield made
    finally:
        for holder in holders:
            holder.kill()
            holder.wait()
        _ip("link", "del", SWITCH)


def _plugged_in(name: str, address: str, holder: int) -> Host:
    _wait_for_a_network(holder)
    host = Host(name, address, holder)
    _ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", str(holder))
    _ip("link", "set", name, "master", SWITCH, "up")
    for words in (
        ("link", "set", "lo", "up"),
        ("addr", "add", f"{address}/24", "dev", "eth0"),
        ("link", "set", "eth0", "up"),
    ):
        subprocess.run(host.words(["ip", *words]), check=True)
    return host


def _wait_for_a_network(holder: int) -> None:
    """Until the holder has left our network for its own; a second at most."""
    for _ in range(100):
        if os.readlink(f"/proc/{holder}/ns/net") != os.readlink("/proc/self/ns/net"):
            return
        subprocess.run(["sleep", "0.01"], check=True)
    raise NoHosts("A host did not leave this network for its own within a second.")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)
