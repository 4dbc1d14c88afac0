#!/usr/bin/env bash
# Brings a real Odoo 19 up, with the tools in $1, and keeps it until this script is ended (TERM); all that it started ends with it.
# Writes the file $2 once: ODOO_URL and the rest as lines NAME=value when it answers, or why there is none as ODOO_MISSING=reason.
# What was downloaded stays for the next run; the database is made anew.
set -euo pipefail
tools=$1 file=$2
limit=1800 # seconds; it takes 4 minutes where nothing else runs

tell() { printf '%s\n' "$@" > "$file.part" && mv "$file.part" "$file"; }
free_port() { # of 127.0.0.1 in $1, with the third one after it, which Odoo takes too
  local port
  while port=$(shuf -n 1 -i "$1"); (: < "/dev/tcp/127.0.0.1/$port") || (: < "/dev/tcp/127.0.0.1/$((port + 3))"); do :; done 2> /dev/null
  echo "$port"
}
down() { bash "$tools/odoo19-down.sh" 9>&- || true; }

if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
  tell 'ODOO_MISSING=it takes root on Debian to bring one up'
  exit
fi
cache=${TMPDIR:-/tmp}/crossdock-odoo19
mkdir -p "$cache"
exec 9> "$cache/lock"
# Another run has the cache: go without one.
if flock -n 9; then ROOT=$cache/root PURGE=; else ROOT=$(mktemp -d) PURGE=1; fi
PORT=$(free_port 20000-24999) PGPORT=$(free_port 25000-29999)
export ROOT PURGE PORT PGPORT DB=odoo19

work=
trap 'if [ -n "$work" ]; then kill -- "-$work" 2> /dev/null && wait "$work" || true; fi; down' EXIT
trap exit TERM INT
PURGE= down # what a killed run left
rm -rf "$ROOT/pg" "$ROOT/apikey"
[ -e "$ROOT/unpacked" ] || rm -rf --one-file-system "$ROOT/trixie"

setsid timeout "$limit" bash "$tools/odoo19-up.sh" 9>&- &
work=$!
wait "$work" && curl -sf -m 10 -o /dev/null "http://127.0.0.1:$PORT/web/health" && [ -s "$ROOT/apikey" ] || {
  tell "ODOO_MISSING=it did not come up (is a Debian mirror away?); its log stands at the end"
  exit
}
touch "$ROOT/unpacked"
tell "ODOO_URL=http://127.0.0.1:$PORT" "ODOO_DB=$DB" ODOO_LOGIN=admin "ODOO_KEY=$(cat "$ROOT/apikey")"
setsid sleep infinity 9>&- &
work=$!
wait "$work"
