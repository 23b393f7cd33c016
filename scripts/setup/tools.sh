# Sourced by setup.sh: cargo-leptos and wasm-bindgen, prebuilt where that can be had, else built once per machine.
# shellcheck shell=bash

build_tool() { # crate version folder command expected-minutes optimisation cargo-flags…
  local crate=$1 version=$2 into="$PASAR_CACHE/tools/$3" command=$4 minutes=$5 level=$6; shift 6
  [ -x "$into/bin/$command" ] && return
  say "getting $command $version"; t=$SECONDS
  if command -v cargo-binstall >/dev/null && timeout 60 cargo binstall -y --disable-strategies compile --root "$into" "$crate@$version" >/dev/null 2>&1; then
    done_in $t; return
  fi
  say "  building it from source, once per machine ($minutes minutes on two cores)"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL="$level" \
  CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_TARGET_DIR="$PASAR_CACHE/tools-target" \
    cargo install "$crate" --version "=$version" --root "$into" "$@" || fail "$crate $version did not build"
  # What was built so far is kept for the next try; what is done is not needed any more.
  rm -rf "$PASAR_CACHE/tools-target"
  done_in $t
}

build_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION" "wasm-bindgen-$WASM_BINDGEN_VERSION" wasm-bindgen "two to four" 1
# What it does itself takes a second; the compilers it calls are what takes long.
build_tool cargo-leptos "$CARGO_LEPTOS_VERSION" "cargo-leptos-$CARGO_LEPTOS_VERSION" cargo-leptos "five to ten" 0 --locked
