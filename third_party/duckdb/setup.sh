#!/usr/bin/env bash
# Puts libduckdb.so (from the lock file) and duckdb.h (out of the npm tarball of the same version,
# checked against its published digest) in place. Does nothing when both are there.
set -euo pipefail
cd "$(dirname "$0")"
version=1.4.4
digest=hEJJ5hyVF0VLj3dmOLpsWrQR0b3d4Ykqtygm6iUXjHJDDnSqg/USKxcb5qvNrOhFYPgktayU6dXCtgPqcmmpog==
lib=node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so
if [ ! -f "$lib" ]; then npm ci --ignore-scripts --no-audit --no-fund; fi
if [ ! -f include/duckdb.h ]; then
  tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
  npm pack --silent --pack-destination "$tmp" "duckdb@$version" >/dev/null
  found=$(openssl dgst -sha512 -binary "$tmp/duckdb-$version.tgz" | base64 -w0)
  if [ "$found" != "$digest" ]; then
    echo "duckdb-$version.tgz: sha512 is $found, expected $digest" >&2; exit 1
  fi
  mkdir -p include
  tar xzf "$tmp/duckdb-$version.tgz" --strip-components=5 -C include package/src/duckdb/src/include/duckdb.h
fi
