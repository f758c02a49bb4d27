#!/bin/sh
# Prints the path of uv: the one installed, else one put under .alliance/tools with pip (Debian: as root, python3-venv first).
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
tools=$root/.alliance/tools
python=$(command -v python3.11 || command -v python3)

if command -v uv 2>/dev/null; then exit 0; fi
if [ ! -x "$tools/bin/uv" ]; then
    echo "getting uv (once, into .alliance/tools)" >&2
    if ! "$python" -m venv --clear "$tools" >/dev/null 2>&1; then
        echo "this Python has no venv: installing Debian's python3-venv" >&2
        sudo=; [ "$(id -u)" = 0 ] || sudo="sudo -n"
        { $sudo apt-get update && $sudo apt-get install --yes --no-install-recommends python3-venv; } </dev/null >&2
        "$python" -m venv --clear "$tools" >&2
    fi
    "$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv >&2
fi
echo "$tools/bin/uv"
