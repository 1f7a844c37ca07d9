#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Sign in at the desk through a certified OpenID provider.  Run by
# `make check-oidc`, from the build folder; needs node, npm and the network once,
# to install what package-lock.json pins.
set -eu

here=${top_srcdir:?}/tests/oidc
tools=${top_builddir:?}/oidc

install_tools() {
	if cmp -s "$here/package-lock.json" "$tools/installed.json"; then
		return
	fi
	mkdir -p "$tools"
	cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$tools"
	(cd "$tools" && npm ci --loglevel=error &&
		npm rebuild node --ignore-scripts=false --loglevel=error)
	cp "$here/package-lock.json" "$tools/installed.json"
}

install_tools
cp "$here/provider.mjs" "$tools"
port=${GUICHET_OIDC_PORT:-18441}
mkfifo "$tools/ready" 2>/dev/null || :
(cd "$tools" && exec node_modules/node/bin/node provider.mjs "$port") \
	>"$tools/ready" 2>"$tools/provider.log" &
pid=$!
trap 'kill $pid' EXIT
exec 3<"$tools/ready"
read -r _ <&3

printf 'a secret & more' >"$tools/secret"
# The provider lives now, and so must the daemon.
E2E_CLOCK=$(date -u +%Y-%m-%dT%H:%M:%SZ)
E2E_LIMIT_MS=30000
E2E_OIDC=$tools/oidc.conf
export E2E_CLOCK E2E_LIMIT_MS E2E_OIDC
failed=0 passed=0
for name in approve slow deny expire reused; do
	{
		printf 'issuer = http://127.0.0.1:%s\n' "$port"
		printf 'client-id = %s\nname = Annuaire\n' "$name"
		[ "$name" != approve ] || printf 'secret-file = %s\n' "$tools/secret"
	} >"$E2E_OIDC"
	if "$top_builddir/e2e_run" "$here/$name.e2e"; then
		passed=$((passed + 1))
		echo "PASS: $name"
	else
		failed=$((failed + 1))
		echo "FAIL: $name"
	fi
done
cat "$tools/provider.log"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
