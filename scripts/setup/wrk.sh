# Sourced by setup.sh: wrk, which the benchmarks make load with.
# shellcheck shell=bash
if ! command -v wrk >/dev/null; then
  say "installing wrk (a few seconds)"; t=$SECONDS
  need_debs wrk wrk; done_in $t
  command -v wrk >/dev/null || fail "wrk is needed for measuring"
fi
