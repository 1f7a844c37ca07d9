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

install_tools
PATH=$tools/node_modules/node/bin:$tools/node_modules/.bin:$PATH
export PATH
lint
