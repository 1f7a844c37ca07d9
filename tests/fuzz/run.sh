#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: run.sh look|edges|merge
#
# look:  each target for FUZZ_SECONDS from the inputs in the tree; what breaks one
#        is left in fuzz-build/found, and what reaches new code in
#        fuzz-build/corpus.
# edges: how much of each decoder the inputs in the tree reach.
# merge: put back in the tree the smallest set of inputs that reaches as much.
#
# The programs are built by clang in a folder of their own under the current one.
set -u
: "${srcdir:?}" "${CC:?}" "${MAKE:?}" "${FUZZ_TARGETS:?}"
corpora=$srcdir/tests/fuzz
decoders='api/(codec|codec_decode|codec_format|path)\.c'
decoders="$decoders|base/(date_input|iban|money|moment|nir|text_clean)\.c"
# What these files write, or make new, is read by none of the targets.
writers='_to_(text|mask|clock|hour|rfc3339)|write_|_write|is_unreserved|is_absent'
writers="$writers|_percent|_op_find|problem_codec|path_names"
EDGES_LEAST=95

build() { # FOLDER, KIND OF FUZZING, FLAGS
	mkdir -p "$1" || exit 1
	[ -f "$1/Makefile" ] || (cd "$1" && "$srcdir/configure" -q CC="$CC" \
		CFLAGS="$3" --enable-fuzzing="$2") || exit 1
	# shellcheck disable=SC2086 # a list of targets
	$MAKE -C "$1" $FUZZ_TARGETS >"$1/build.log" 2>&1 || {
		tail -n 20 "$1/build.log"
		exit 1
	}
}

longest() { # of an input of the target, in bytes
	case $1 in
	values) echo 120 ;;
	text) echo 512 ;;
	search) echo 200 ;;
	*) echo 4096 ;;
	esac
}

stat_of() { # NAME LOG
	sed -n "s/^stat::$1: *//p" "$2"
}

look() {
	build fuzz-build yes '-g -O1'
	bad=0
	mkdir -p fuzz-build/found
	printf '%-12s %12s %9s %8s %8s  %s\n' target runs seconds edges 'RSS MiB' end
	for target in $FUZZ_TARGETS; do
		name=${target#fuzz_}
		log=fuzz-build/$name.log
		mkdir -p "fuzz-build/corpus/$name"
		begun=$(date +%s)
		end=good
		UBSAN_OPTIONS=print_stacktrace=1 \
			"fuzz-build/$target" -max_total_time="$FUZZ_SECONDS" \
			-max_len="$(longest "$name")" -timeout=10 \
			-rss_limit_mb=1024 -print_final_stats=1 \
			-artifact_prefix="fuzz-build/found/$name-" \
			"fuzz-build/corpus/$name" "$corpora/$name" \
			>"$log" 2>&1 || { end="BROKEN, see $log"; bad=1; }
		printf '%-12s %12s %9s %8s %8s  %s\n' "$name" \
			"$(stat_of number_of_executed_units "$log")" \
			"$(($(date +%s) - begun))" \
			"$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$log" | tail -1)" \
			"$(stat_of peak_rss_mb "$log")" "$end"
	done
	return $bad
}

# "COVERED_FUNC: hits: 9 edges: 7/8 name file:line"
edges() {
	# A function inlined in ten places would count ten times.
	build fuzz-edges edges '-g -O1 -fno-inline'
	for target in $FUZZ_TARGETS; do
		"fuzz-edges/$target" -runs=0 -print_coverage=1 \
			"$corpora/${target#fuzz_}" 2>&1
	done | awk -v files="($decoders)" -v writers="($writers)" \
		-v least=$EDGES_LEAST '
		/COVERED_FUNC: / && $6 !~ writers && match($0, files) {
			file = substr($0, RSTART, RLENGTH)
			match($0, /edges: [0-9]+\/[0-9]+/)
			split(substr($0, RSTART + 7, RLENGTH - 7), part, "/")
			at = file " " $6
			if (part[1] > hit[at])
				hit[at] = part[1]
			all[at] = part[2]
		}
		END {
			for (at in all) {
				split(at, word, " ")
				got[word[1]] += hit[at]
				of[word[1]] += all[at]
				sum += hit[at]
				total += all[at]
				if (hit[at] < all[at])
					printf "  %s: %d of %d\n", at, hit[at],
						all[at] | "sort"
			}
			close("sort")
			for (file in of)
				printf "%-24s %5d / %5d  %5.1f %%\n", file,
					got[file], of[file],
					100 * got[file] / of[file] | "sort"
			close("sort")
			if (!total)
				exit 1
			printf "%-24s %5d / %5d  %5.1f %%\n", "decoders", sum,
				total, 100 * sum / total
			exit 100 * sum < least * total
		}'
}

merge() {
	build fuzz-build yes '-g -O1'
	for target in $FUZZ_TARGETS; do
		name=${target#fuzz_}
		[ -d "fuzz-build/corpus/$name" ] || continue
		"fuzz-build/$target" -merge=1 -use_counters=0 \
			-max_len="$(longest "$name")" \
			"$corpora/$name" "fuzz-build/corpus/$name" \
			>"fuzz-build/$name-merge.log" 2>&1 ||
			{ tail -n 5 "fuzz-build/$name-merge.log"; exit 1; }
		echo "$name: $(find "$corpora/$name" -type f | wc -l) inputs"
	done
}

case ${1:-} in
look | edges | merge) "$1" ;;
*) sed -n '3,11s/^# \{0,1\}//p' "$0"; exit 64 ;;
esac
