# Sourced by setup.sh: the C compiler that links everything, and what downloads need.
# shellcheck shell=bash

certificates() { [ -s /etc/ssl/certs/ca-certificates.crt ] || [ -s "$PASAR_DEBS/certificates.crt" ]; }

missing=()
command -v cc >/dev/null || missing+=(gcc libc6-dev)
command -v curl >/dev/null || missing+=(curl)
command -v pkg-config >/dev/null || missing+=(pkg-config)
certificates || missing+=(ca-certificates)
if [ ${#missing[@]} -gt 0 ]; then
  say "installing ${missing[*]} (half a minute to a minute)"; t=$SECONDS
  # libc6 and libgcc-s1 are there, but the unpacked compiler looks for everything beneath one folder.
  may_install || missing+=(libc6 libgcc-s1)
  need_debs base "${missing[@]}"
  root="$PASAR_DEBS/base"
  if ! command -v cc >/dev/null && [ -x "$root/usr/bin/gcc" ]; then
    printf '#!/bin/sh\nroot="$(cd "$(dirname "$0")/../.." && pwd)"\nexec "$root/usr/bin/gcc" "--sysroot=$root" "$@"\n' >"$root/usr/bin/cc"
    chmod +x "$root/usr/bin/cc"
  fi
  if ! certificates && [ -d "$root/usr/share/ca-certificates" ]; then
    find "$root/usr/share/ca-certificates" -name '*.crt' -exec cat {} + >"$PASAR_DEBS/certificates.crt"
    # shellcheck source=scripts/env.sh
    . "$PASAR_ROOT/scripts/env.sh"
  fi
  hash -r
  command -v cc >/dev/null && command -v curl >/dev/null || fail "a C compiler and curl are needed"
  done_in $t
fi
