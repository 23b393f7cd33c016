# Sourced by every script: where tools and builds live, and which compiler is used.
# Nothing here installs anything; scripts/setup.sh does.
# shellcheck shell=bash

PASAR_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export PASAR_ROOT
export HOME="${HOME:-$(cd ~ && pwd)}"
export PASAR_CACHE="${PASAR_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pasar}"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PASAR_CACHE/target}"

# The versions the set-up installs. One compiler for everybody, since lints change between releases: the one Debian
# carries as rustc-web, so that it is the same where rustup's server cannot be reached. wasm-bindgen must equal the
# one in Cargo.lock.
RUST_VERSION=1.96.0
CARGO_LEPTOS_VERSION=0.3.11
WASM_BINDGEN_VERSION="$(awk '/^name = "wasm-bindgen"$/ {getline; gsub(/[^0-9.]/, ""); print; exit}' "$PASAR_ROOT/Cargo.lock" 2>/dev/null || true)"
WASM_BINDGEN_VERSION="${WASM_BINDGEN_VERSION:-0.2.130}"
POSTGRES_NPM_VERSION=17.10.0-beta.17
NODE_NPM_VERSION=22.23.3
NPM_VERSION=10.9.9
export RUST_VERSION CARGO_LEPTOS_VERSION WASM_BINDGEN_VERSION POSTGRES_NPM_VERSION NODE_NPM_VERSION NPM_VERSION

# Debian packages that could not be installed system-wide are unpacked here, each group in a folder of its own.
PASAR_DEBS="$PASAR_CACHE/debian"
for debs in "$PASAR_DEBS"/*/usr; do
  [ -d "$debs" ] || continue
  PATH="$PATH:$debs/bin:$debs/lib/llvm-22/bin"
  export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$debs/lib/x86_64-linux-gnu:$debs/lib:$debs/lib/llvm-22/lib"
  # Some libraries are outside of usr; but the C library, there for the linker only, must stay the machine's own.
  [ -e "${debs%usr}lib/x86_64-linux-gnu/libc.so.6" ] || LD_LIBRARY_PATH="$LD_LIBRARY_PATH:${debs%usr}lib/x86_64-linux-gnu"
done
if [ -s "$PASAR_DEBS/certificates.crt" ]; then export SSL_CERT_FILE="$PASAR_DEBS/certificates.crt" CURL_CA_BUNDLE="$PASAR_DEBS/certificates.crt"; fi

# Where rustup puts a compiler, on machines whose shell has not been told yet.
if [ -d "${CARGO_HOME:-$HOME/.cargo}/bin" ]; then PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"; fi

# `rust/bin` exists only where the set-up chose a compiler other than the one on PATH.
PATH="$PASAR_CACHE/rust/bin:$PASAR_CACHE/tools/wasm-bindgen-$WASM_BINDGEN_VERSION/bin:$PASAR_CACHE/tools/cargo-leptos-$CARGO_LEPTOS_VERSION/bin:$PASAR_CACHE/node/node_modules/.bin:$PASAR_CACHE/node/runtime/bin:$PATH"
export PATH
if [ -x "$PASAR_CACHE/rust/bin/rustc" ]; then
  unset RUSTUP_TOOLCHAIN
  export RUSTC="$PASAR_CACHE/rust/bin/rustc"
  linker="$(command -v wasm-ld-22 || command -v wasm-ld || true)"
  [ -n "$linker" ] && export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$linker"
elif compgen -G "${RUSTUP_HOME:-$HOME/.rustup}/toolchains/$RUST_VERSION-*/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib" >/dev/null; then
  export RUSTUP_TOOLCHAIN="$RUST_VERSION"
fi

# PostgreSQL binaries for the embedded database, when the set-up brought them.
# Root cannot run PostgreSQL, and the user that does cannot look into root's home.
if [ "$(id -u)" = 0 ]; then PASAR_PG_HOME=/usr/local/lib/pasar/postgresql; else PASAR_PG_HOME="$PASAR_CACHE/postgresql"; fi
if [ -z "${PASAR_PG_BIN:-}" ] && [ -x "$PASAR_PG_HOME/bin/postgres" ]; then export PASAR_PG_BIN="$PASAR_PG_HOME/bin"; fi

# What a build makes.
export PASAR_SITE="${PASAR_SITE:-$CARGO_TARGET_DIR/site}"
PASAR_BIN="$CARGO_TARGET_DIR/release/pasar"
export PASAR_BIN
