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
sum() {
	passed=0 failed=0
	while IFS= read -r line; do
		case $line in
		*[0-9]" passed, "[0-9]*" failed")
			rest=${line#* passed, }
			passed=$((passed + ${line%% *}))
			failed=$((failed + ${rest%% *}))
			;;
		*) printf '%s\n' "$line" ;;
		esac
	done
	[ "$((passed + failed))" -gt 0 ] || failed=1
	printf '%s passed, %s failed\n' "$passed" "$failed"
	[ "$failed" = 0 ]
}

play "$@" | sum
