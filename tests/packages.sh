#!/bin/sh
# Make sure of Debian's packages, those for PDF files or (tests) all: install them as root, or name them.
set -eu
wanted=""
for each in libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; do
  ls /usr/lib/*/$each >/dev/null 2>&1 || wanted=" libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
done
if [ "${1:-}" != paper ]; then
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium fonts-liberation"
command -v msgfmt >/dev/null 2>&1 || wanted="$wanted gettext"
[ -z "${WANT_OFFICE:-}" ] || command -v soffice >/dev/null 2>&1 || wanted="$wanted libreoffice-calc-nogui"
fi
[ -z "$wanted" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing from Debian:$wanted"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086
  apt-get install -y -qq --no-install-recommends $wanted >/dev/null
else
  echo "These Debian packages are needed (${1:-tests}); install them and run again:" >&2
  echo "  sudo apt-get install --no-install-recommends$wanted" >&2
  [ "${1:-}" = paper ] || exit 1
fi
