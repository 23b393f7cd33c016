# Sourced by setup.sh: Rust with its wasm32 target, from rustup where its server answers, else Debian's.
# shellcheck shell=bash

wasm_lib() { echo "$("$1" --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib"; }
# One that we built has to be of this very compiler; rustup sees to that by itself.
has_wasm_std() {
  local lib; lib="$(wasm_lib "$1" 2>/dev/null)" || return 1
  compgen -G "$lib/libstd-*.rlib" >/dev/null && { [ ! -f "$lib/built-by" ] || [ "$(cat "$lib/built-by")" = "$("$1" -vV)" ]; }
}
new_enough() { local v; v="$("$1" --version 2>/dev/null | awk '{print $2}')"; [ -n "$v" ] && [ "$(printf '%s\n%s\n' "${v%%-*}" "$RUST_VERSION" | sort -V | head -n1)" = "$RUST_VERSION" ]; }
usable() { command -v "$1" >/dev/null && new_enough "$1" && has_wasm_std "$1"; }
has_lints() { local bin; bin="$("${RUSTC:-rustc}" --print sysroot)/bin"; [ -x "$bin/cargo-clippy" ] && [ -x "$bin/rustfmt" ]; }
chosen() { [ -n "${RUSTUP_TOOLCHAIN:-}${RUSTC:-}" ] && usable "${RUSTC:-rustc}" && has_lints; }

# Asked before rustup is: where its server does not answer, rustup would wait for very long.
rustup_host=https://static.rust-lang.org
rustup_answers() { curl -sSf --connect-timeout 8 --max-time 15 -o /dev/null "$rustup_host/dist/channel-rust-$RUST_VERSION.toml.sha256" 2>/dev/null; }

rustup_itself() {
  say "bringing rustup (gives up after 15 s without an answer, else a few seconds)"; t=$SECONDS
  local init="$PASAR_CACHE/rustup-init.sh"
  if rustup_answers && curl --proto '=https' --tlsv1.2 -sSf --max-time 20 "$rustup_host/rustup/rustup-init.sh" -o "$init" 2>/dev/null \
    && timeout 120 sh "$init" -y --no-modify-path --profile minimal --default-toolchain none >"$PASAR_CACHE/rustup.log" 2>&1; then
    PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"; done_in $t
  else
    say "  not reachable; using Debian's compiler instead"
  fi
  rm -f "$init"
}

rustup_toolchain() {
  say "asking rustup for Rust $RUST_VERSION with its wasm32 target (gives up after 15 s without an answer, else about a minute)"; t=$SECONDS
  if rustup_answers && timeout 900 rustup toolchain install "$RUST_VERSION" --no-self-update --profile minimal \
    -c clippy -c rustfmt -t wasm32-unknown-unknown >"$PASAR_CACHE/rustup.log" 2>&1; then
    # shellcheck source=scripts/env.sh
    . "$PASAR_ROOT/scripts/env.sh"
    done_in $t
  else
    say "  not to be had there; using Debian's compiler instead"
  fi
}

debian_rust() {
  local usr="$PASAR_DEBS/rust/usr" tool
  local packages=(rustc-web cargo-web rust-web-src libstd-rust-web-dev rust-web-clippy rustfmt-web lld-22)
  # One that is installed will do if a wasm library can be, or has been, put beside it.
  if ! [ -x "$usr/bin/rustc" ]; then
    if ! { new_enough /usr/bin/rustc && compgen -G '/usr/src/rustc-*' >/dev/null && { may_install || has_wasm_std /usr/bin/rustc; }; }; then
      say "installing Debian's Rust with its sources and linker (one to three minutes)"; t=$SECONDS
      need_debs rust "${packages[@]}"; done_in $t
    fi
    [ -x "$usr/bin/rustc" ] || usr=/usr
  fi
  rm -rf "$PASAR_CACHE/rust.partial"; mkdir -p "$PASAR_CACHE/rust.partial/bin"
  for tool in rustc cargo rustdoc rustfmt cargo-fmt cargo-clippy clippy-driver; do
    [ -x "$usr/bin/$tool" ] && ln -s "$usr/bin/$tool" "$PASAR_CACHE/rust.partial/bin/$tool"
  done
  rm -rf "$PASAR_CACHE/rust"; mv "$PASAR_CACHE/rust.partial" "$PASAR_CACHE/rust"
  # shellcheck source=scripts/env.sh
  . "$PASAR_ROOT/scripts/env.sh"
  has_wasm_std "$RUSTC" || build_wasm_std
}

build_wasm_std() {
  local work="$PASAR_CACHE/wasm-std.partial" to as=(); to="$(wasm_lib "$RUSTC")"
  say "building the wasm32 standard library (half a minute to two minutes)"; t=$SECONDS
  rm -rf "$work"; mkdir -p "$work/src" "$work/lib"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n[lib]\ncrate-type = ["rlib"]\n[workspace]\n' >"$work/Cargo.toml"
  echo '#![no_std]' >"$work/src/lib.rs"
  (cd "$work" && RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" cargo build -q --release \
    -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown) || fail "the wasm32 standard library did not build"
  cp "$work"/target/wasm32-unknown-unknown/release/deps/*.rlib "$work/lib/"
  "$RUSTC" -vV >"$work/lib/built-by"
  mkdir -p "$(dirname "$to")" 2>/dev/null && [ -w "$(dirname "$to")" ] || as=(as_root)
  "${as[@]}" mkdir -p "$(dirname "$to")"
  "${as[@]}" rm -rf "$to" "$to.partial"
  "${as[@]}" cp -r "$work/lib" "$to.partial"
  "${as[@]}" mv "$to.partial" "$to"
  rm -rf "$work"; done_in $t
}

if ! chosen; then
  if ! command -v rustup >/dev/null && ! command -v rustc >/dev/null; then rustup_itself; fi
  if command -v rustup >/dev/null; then rustup_toolchain; fi
  chosen || debian_rust
  usable "${RUSTC:-rustc}" || fail "no Rust $RUST_VERSION or later with the wasm32-unknown-unknown target could be set up"
fi
