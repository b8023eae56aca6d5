# Sets PYTHON to a Python that is new enough, or stops with a message. Read by ./run and ./test.
is_new_enough() {
    command -v "$1" >/dev/null 2>&1 &&
        "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

PYTHON=
for candidate in "$here/.venv/bin/python" python3 python3.13 python3.12 python3.11 python; do
    if is_new_enough "$candidate"; then
        PYTHON=$candidate
        break
    fi
done
if [ -z "$PYTHON" ] && command -v uv >/dev/null 2>&1; then
    PYTHON=$(uv python find '>=3.11' 2>/dev/null || true)
fi
if [ -z "$PYTHON" ]; then
    echo "Front Door needs Python 3.11 or newer and found none. Install it, for example:" >&2
    echo "    sudo apt-get install python3 python3-venv" >&2
    exit 2
fi
