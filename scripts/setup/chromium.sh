# Sourced by setup.sh: Chromium, for the browser tests.
# shellcheck shell=bash

chromium_found() { [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null || command -v chromium-browser >/dev/null; }

# Debian's starter, one of the libraries and the configuration of fonts name absolute paths.
unpacked_chromium() {
  unpack_debs chromium chromium fonts-liberation fontconfig-config
  local root="$PASAR_DEBS/chromium"
  cat >"$root/fonts.conf" <<XML
<?xml version="1.0"?>
<fontconfig>
  <dir>$root/usr/share/fonts</dir>
  <cachedir>$PASAR_CACHE/fontconfig</cachedir>
  <include ignore_missing="yes">$root/usr/share/fontconfig/conf.avail/30-metric-aliases.conf</include>
  <alias><family>sans-serif</family><prefer><family>Liberation Sans</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Liberation Serif</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>Liberation Mono</family></prefer></alias>
</fontconfig>
XML
  rm "$root/usr/bin/chromium"
  cat >"$root/usr/bin/chromium" <<'SH'
#!/bin/sh
root="$(cd "$(dirname "$0")/../.." && pwd)"
export LD_LIBRARY_PATH="$LD_LIBRARY_PATH:$root/usr/lib/x86_64-linux-gnu/pulseaudio"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="$root/fonts.conf"
exec "$root/usr/lib/chromium/chromium" "$@"
SH
  chmod +x "$root/usr/bin/chromium"; hash -r
}

chromium_starts() {
  local said
  said="$(timeout 60 chromium --headless --disable-gpu --no-first-run --user-data-dir="$PASAR_CACHE/chromium-try" \
    --dump-dom 'data:text/html,<p>it starts</p>' 2>"$PASAR_CACHE/chromium.log" || true)"
  rm -rf "$PASAR_CACHE/chromium-try"
  [[ $said == *"it starts"* ]]
}

if ! chromium_found; then
  say "installing Chromium (one to three minutes)"; t=$SECONDS
  if may_install; then
    need_debs chromium chromium fonts-liberation
  else
    unpacked_chromium
    if ! chromium_starts; then
      rm -rf "$PASAR_DEBS/chromium"; tail -n 5 "$PASAR_CACHE/chromium.log" >&2
      fail "the unpacked Chromium does not start here; its sandbox needs namespaces, which some systems do not allow to \
ordinary users. Please have one installed (apt-get install chromium), or set CHROMIUM to the path of one"
    fi
  fi
  done_in $t
  chromium_found || fail "Chromium is needed for the browser tests"
fi
