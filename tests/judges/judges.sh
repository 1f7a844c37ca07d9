#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Let tools that nobody here wrote judge the contract, and the server against
# it.  Run by `make check-judges`, from the build folder; needs node, npm and
# the network once, to install what package-lock.json pins.
set -eu

here=${top_srcdir:?}/tests/judges
tools=${top_builddir:?}/judges
contract=$top_srcdir/api/openapi.yaml
REDOCLY_TELEMETRY=off
REDOCLY_SUPPRESS_UPDATE_NOTICE=true
SCARF_ANALYTICS=false
export REDOCLY_TELEMETRY REDOCLY_SUPPRESS_UPDATE_NOTICE SCARF_ANALYTICS

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

# Both: they do not see the same faults.  A warning is a fault.
lint() {
	redocly lint --extends=recommended-strict "$contract"
	spectral lint --fail-severity=hint --ruleset "$here/spectral.yaml" \
		"$contract"
}

answers() {
	node -e 'require("net").connect(+process.argv[1], "127.0.0.1")
		.on("connect", () => process.exit(0))
		.on("error", () => process.exit(1))' "$1"
}

# The contract tests again, with Prism between them and the daemon: it says in a
# header what an answer has that the contract does not say.
proxy() {
	prism proxy "$contract" "http://127.0.0.1:$daemon_port" \
		--host 127.0.0.1 --port "$proxy_port" >"$tools/prism.log" 2>&1 &
	pid=$!
	trap 'kill $pid' EXIT
	until answers "$proxy_port"; do
		kill -0 "$pid"
	done
	GUICHET_CONTRACT_PORT=$daemon_port \
	GUICHET_CONTRACT_SERVER=http://127.0.0.1:$proxy_port \
		"$top_builddir/test_contract"
}

daemon_port=${GUICHET_CONTRACT_PORT:-18431}
proxy_port=$((daemon_port + 1))
install_tools
PATH=$tools/node_modules/node/bin:$tools/node_modules/.bin:$PATH
export PATH
lint
if [ -x "$top_builddir/test_contract" ]; then
	proxy
fi
