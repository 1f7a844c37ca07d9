#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: coverage.sh [--again]
#
# The whole `make check` in a folder of its own under the current one, built for
# gcov; then the table of gcovr (Debian: apt-get install gcovr), and the bars:
# every branch of the files named in `whole`, 85 % of the lines of each other one
# and of each folder.  A test that fails is told, and fails this too.
# --again: only the table, of the counts that are there.
set -eu
: "${srcdir:?}" "${CC:?}" "${MAKE:?}"
# Without the "build/.." that make says it with: gcovr compares the names.
srcdir=$(cd "$srcdir" && pwd)
folder=coverage-build failed=0

whole='base/date.c base/date_input.c base/iban.c base/nir.c base/text.c
base/text_clean.c base/text_table.c
api/codec_decode.c
backend/access.c backend/audit.c backend/audit_purge.c
backend/audit_verify.c backend/auth.c backend/idempotency.c backend/route.c'

# What these run while the program dies, or in a process that leaves by _exit(), is
# in nobody's counts: they have no bar.
dying='backend/paper/press.c base/mem.c tui/emergency.c'

command -v gcovr >/dev/null ||
	{ echo 'gcovr is missing: apt-get install gcovr'; exit 1; }
if [ "${1:-}" != --again ]; then
	mkdir -p $folder
	[ -f $folder/Makefile ] || (cd $folder && "$srcdir/configure" -q CC="$CC" \
		CFLAGS=-g --enable-coverage)
	find $folder -name '*.gcda' -exec rm -f {} +
	$MAKE -k -C $folder check >$folder/check.log 2>&1 || {
		grep -aE '^(FAIL|ERROR):' $folder/check.log || tail -n 20 $folder/check.log
		failed=1
	}
fi
cd $folder
gcovr --root "$srcdir" --object-directory . --gcov-ignore-parse-errors \
	--exclude "$srcdir/tests/" --exclude "$srcdir/bench/" --exclude '.*/sql_text\.c' \
	--exclude '.*/default_keys\.c' --exclude '.*/tutorial_screen\.c' \
	--csv coverage.csv . 2>gcovr.log ||
	{ tail gcovr.log; exit 1; }

# filename,line_total,line_covered,line_percent,branch_total,branch_covered,...
awk -F, -v whole=" $(echo $whole) " -v dying=" $dying " -v bad="$failed" '
	function percent(part, of) { return of ? 100 * part / of : 100 }
	function row(name, lines, hit, branches, taken, said) {
		printf "%-34s %5d %6.1f %% %6d %6.1f %%  %s\n", name, lines,
			percent(hit, lines), branches, percent(taken, branches), said
	}
	BEGIN {
		printf "%-34s %5s %8s %6s %8s\n", "file", "lines", "run",
			"branches", "taken"
	}
	FNR > 1 {
		said = ""
		if (index(whole, " " $1 " ")) {
			seen++
			said = $6 < $5 ? "BELOW: every branch" : "every branch"
			bad += $6 < $5
		} else if (index(dying, " " $1 " ")) {
			said = "no bar"
		} else if (100 * $3 < 85 * $2) {
			said = "BELOW: 85 % of lines"
			bad++
		}
		split($1, part, "/")
		row($1, $2, $3, $5, $6, said)
		lines[part[1]] += $2; run[part[1]] += $3
		branches[part[1]] += $5; taken[part[1]] += $6
	}
	END {
		for (name in lines) {
			low = 100 * run[name] < 85 * lines[name]
			bad += low
			row(name "/", lines[name], run[name], branches[name],
				taken[name], low ? "BELOW: 85 % of lines" : "")
		}
		if (seen != split(whole, all, " ")) {
			print "some file of the list is gone"
			bad++
		}
		exit bad > 0
	}' coverage.csv
