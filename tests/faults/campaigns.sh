#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# campaigns.sh [--night] [ID[=COUNT]]...: every campaign, with and without a
# terminal, one row each.  The last line is « N passed, N failed ».
set -u

HISTORIES=${HISTORIES:-$top_builddir/histories}
export HISTORIES

play() {
	for program in faults_api faults_desk; do
		[ -x "$top_builddir/$program" ] || continue
		"$top_builddir/$program" "$@" || [ "$?" = 1 ] ||
			echo "0 passed, 1 failed"
	done
}

# Rows as they come; the two counts become one.
play "$@" | awk '
	/^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3; next }
	/^seed / && seed++ { next }
	{ print; fflush() }
	END {
		if (!passed && !failed)
			failed = 1
		printf "%d passed, %d failed\n", passed, failed
		exit failed > 0
	}'
