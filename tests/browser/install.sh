#!/bin/sh
# Installs Debian's Chromium, and fonts of Arial's measure, for the tests in real pages. Run it as root.
set -eu

export DEBIAN_FRONTEND=noninteractive
install() { apt-get install --yes --no-install-recommends chromium fonts-liberation </dev/null; }
install || { apt-get update </dev/null; install; }
