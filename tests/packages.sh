#!/bin/sh
# Make sure of the Debian packages that the tests need: install them as root, or name them.
set -eu
wanted=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium fonts-liberation"
command -v msgfmt >/dev/null 2>&1 || wanted="$wanted gettext"
[ -z "${WANT_OFFICE:-}" ] || command -v soffice >/dev/null 2>&1 || wanted="$wanted libreoffice-calc-nogui"
[ -z "$wanted" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing from Debian:$wanted"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086
  apt-get install -y -qq --no-install-recommends $wanted >/dev/null
else
  echo "These Debian packages are needed for the tests; install them and run again:" >&2
  echo "  sudo apt-get install --no-install-recommends$wanted" >&2
  exit 1
fi
