# Sourced by setup.sh: Chromium, for the browser tests.
# shellcheck shell=bash

chromium_found() { [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null || command -v chromium-browser >/dev/null; }
if ! chromium_found; then
  say "installing Chromium (one to two minutes)"; t=$SECONDS
  if may_install; then
    need_debs chromium chromium fonts-liberation
  else
    unpack_debs chromium chromium fonts-liberation fontconfig-config
    # Debian's starter, and the configuration of fonts, name absolute paths.
    printf '#!/bin/sh\nroot="$(cd "$(dirname "$0")/../.." && pwd)"\n[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_SYSROOT="$root"\nexec "$root/usr/lib/chromium/chromium" "$@"\n' >"$PASAR_CACHE/chromium.partial"
    chmod +x "$PASAR_CACHE/chromium.partial"; mv -f "$PASAR_CACHE/chromium.partial" "$PASAR_DEBS/chromium/usr/bin/chromium"
    hash -r
    said="$(timeout 60 chromium --headless --disable-gpu --no-first-run --user-data-dir="$PASAR_CACHE/chromium-try" --dump-dom 'data:text/html,<p>it starts</p>' 2>"$PASAR_CACHE/chromium.log" || true)"
    rm -rf "$PASAR_CACHE/chromium-try"
    if [[ $said != *"it starts"* ]]; then
      rm -rf "$PASAR_DEBS/chromium"; tail -n 5 "$PASAR_CACHE/chromium.log" >&2
      fail "the unpacked Chromium does not start here (its sandbox needs namespaces, which a system may not allow to \
ordinary users). Please have one installed: apt-get install chromium; or set CHROMIUM to the path of one"
    fi
  fi
  done_in $t
  chromium_found || fail "Chromium is needed for the browser tests"
fi
