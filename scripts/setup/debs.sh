# Sourced by setup.sh: Debian packages, installed where that is allowed, else unpacked into the cache.
# shellcheck shell=bash

may_install() { [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# need_debs NAME PACKAGE…   (NAME is the folder of the cache they are unpacked into)
need_debs() {
  command -v apt-get >/dev/null || fail "this machine has no apt-get; please install by hand what provides: ${*:2}"
  if may_install; then install_debs "${@:2}"; else unpack_debs "$@"; fi
  hash -r
}

apt_updated=
install_debs() {
  local apt=(as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300) log="$PASAR_CACHE/apt.log"
  # An installation that was interrupted has to be finished before the next one.
  [ -z "$(dpkg --audit)" ] || as_root env DEBIAN_FRONTEND=noninteractive dpkg --configure -a >"$log" 2>&1 || true
  # Whether the lists are new enough shows at the installation.
  [ -n "$apt_updated" ] || "${apt[@]}" update >"$log" 2>&1 || true
  apt_updated=1
  # Nothing here is worth waiting for the disk after each of hundreds of files.
  "${apt[@]}" -o Dpkg::Options::=--force-unsafe-io install -y --no-install-recommends "$@" >>"$log" 2>&1 \
    || { tail -n 20 "$log" >&2; fail "apt-get could not install $*"; }
}

# The packages with everything they need that this machine lacks. The folder appears only when it is whole.
unpack_debs() {
  local name=$1 work="$PASAR_CACHE/debian.partial" log="$PASAR_CACHE/apt.log" have names; shift
  # Lists of our own: those of the machine can be empty, and only root may refresh them.
  local apt=(apt-get -qq -o "Dir::State::lists=$PASAR_CACHE/apt/lists" -o "Dir::Cache=$PASAR_CACHE/apt/cache" -o Debug::NoLocking=1)
  mkdir -p "$PASAR_CACHE/apt/lists/partial" "$PASAR_CACHE/apt/cache/archives/partial"
  [ -n "$apt_updated" ] || "${apt[@]}" update >"$log" 2>&1 || { tail -n 20 "$log" >&2; fail "Debian's package lists could not be fetched"; }
  apt_updated=1
  have="$(cat "$PASAR_DEBS"/*/packages 2>/dev/null || true)"
  names="$({ printf '%s\n' "$@"; "${apt[@]}" install -s --no-install-recommends "$@" 2>"$log" | awk '/^Inst /{print $2}'; } \
    | sort -u | grep -vxF -e "$have" || true)"
  rm -rf "$work"; mkdir -p "$work/debs" "$work/root" "$PASAR_DEBS"
  # shellcheck disable=SC2086
  (cd "$work/debs" && "${apt[@]}" download $names >>"$log" 2>&1) || { tail -n 20 "$log" >&2; fail "could not download $*"; }
  local deb; for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/root"; done
  printf '%s\n' "$names" >"$work/root/packages"
  rm -rf "${PASAR_DEBS:?}/$name"; mv "$work/root" "$PASAR_DEBS/$name"; rm -rf "$work"
  # shellcheck source=scripts/env.sh
  . "$PASAR_ROOT/scripts/env.sh"
}
