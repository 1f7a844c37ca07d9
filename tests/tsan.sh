#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tsan.sh SECONDS
#
# guichetd built with the thread sanitizer, in a folder of its own under the
# current one, under several agents at once: the races of tests/faults and the
# requests of test_server again and again for about SECONDS.  Not one report is
# allowed.
set -eu
: "${srcdir:?}" "${CC:?}" "${MAKE:?}"
seconds=${1:?}
folder=tsan-build
here=$PWD

mkdir -p $folder
[ -f $folder/Makefile ] || (cd $folder && "$srcdir/configure" -q CC="$CC" \
	CFLAGS='-g -O1' --enable-tsan)
$MAKE -C $folder guichetd test_faults test_server >$folder/build.log 2>&1 ||
	{ tail -n 20 $folder/build.log; exit 1; }

cd $folder
rm -f report.*
TSAN_OPTIONS="log_path=$here/$folder/report exitcode=0 second_deadlock_stack=1"
top_srcdir=$srcdir top_builddir=. LC_ALL=C.UTF-8 GUICHET_ROUNDS=${ROUNDS:-40}
export TSAN_OPTIONS top_srcdir top_builddir LC_ALL GUICHET_ROUNDS
begun=$(date +%s) rounds=0
until [ $(($(date +%s) - begun)) -ge "$seconds" ]; do
	./test_faults >faults.log 2>&1 || { tail -n 20 faults.log; exit 1; }
	./test_server >server.log 2>&1 || { tail -n 20 server.log; exit 1; }
	rounds=$((rounds + 1))
done
reports=$(cat report.* 2>/dev/null | grep -c '^WARNING: ThreadSanitizer' || :)
echo "tsan: $rounds rounds in $(($(date +%s) - begun)) s: $reports reports"
[ "$reports" -eq 0 ]
