#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The mechanical checks turn red on each fault they are there for: a copy of
# the sources gets one fault at a time.
set -eu
src=${top_srcdir:?}
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
for part in base api tui screens backend include tests configure.ac Makefile.am bootstrap; do
	[ ! -e "$src/$part" ] || cp -R "$src/$part" "$dir/"
done
chmod -R u+w "$dir"
failed=0
licence='/* SPDX-License-Identifier: GPL-3.0-or-later */'

# Put standard input, after the licence, into the file $2; the check $1 must
# fail, and name that file with the words $3.
turns_red() {
	mkdir -p "$dir/$(dirname "$2")"
	{
		printf '%s\n' "$licence"
		cat
	} >"$dir/$2"
	if out=$(top_srcdir=$dir sh "$src/tests/$1" 2>&1); then
		echo "not ok: $1 does not see « $3 » in $2"
		failed=1
	elif ! printf '%s\n' "$out" | grep -q "^$2:[0-9]*: .*$3"; then
		echo "not ok: $1 says something else of $2:"
		printf '%s\n' "$out"
		failed=1
	else
		echo "ok: $1 sees « $3 » in $2"
	fi
	rm -f "$dir/$2"
}

turns_red arrows.sh screens/planted.c 'curl/curl.h' <<'C'
#include <curl/curl.h>
C
turns_red arrows.sh screens/planted.c 'curses.h' <<'C'
#include <curses.h>
C
turns_red arrows.sh tui/planted.c 'guichet/api/client.h' <<'C'
#include <guichet/api/client.h>
C
turns_red arrows.sh include/guichet/tui/planted.h 'guichet/api/client.h' <<'C'
#include <guichet/api/client.h>
C
turns_red arrows.sh tui/planted.c 'another room' <<'C'
#include "../api/codec_private.h"
C
turns_red arrows.sh base/planted.c 'jansson.h' <<'C'
#include <jansson.h>
C
turns_red arrows.sh api/planted.c 'curl/curl.h' <<'C'
#include <curl/curl.h>
C
turns_red arrows.sh api/planted.c 'guichet/tui/ui.h' <<'C'
#include <guichet/tui/ui.h>
C
turns_red arrows.sh backend/planted.c 'sqlite3.h' <<'C'
#include <sqlite3.h>
C
turns_red arrows.sh backend/planted.c 'the client' <<'C'
#include <guichet/api/client.h>
C
printf '%s\nconst struct ui_screen screen_one = { 0 };\n' "$licence" >"$dir/screens/one.c"
printf '%s\n' "$licence" >"$dir/screens/one.h"
turns_red arrows.sh screens/two.c 'private' <<'C'
#include "one.h"
C

turns_red style.sh base/planted.c '600 at most' <<C
$(yes 'int x;' | head -n 601)
C
turns_red style.sh base/planted.c 'long_one: .* 80 at most' <<C
void long_one(void)
{
$(yes '	;' | head -n 81)
}
C
turns_red style.sh base/planted.c '100 columns' <<C
/* $(yes é | head -n 99 | tr -d '\n') */
C
turns_red style.sh base/planted.c 'does not make' <<'C'
	strcpy(a, b);
C
turns_red style.sh tui/planted.c 'always visible' <<'C'
	curs_set(0);
C
turns_red style.sh base/planted.c 'unfinished' <<'C'
/* FIXME */
C
turns_red style.sh base/planted.c 'indented with spaces' <<'C'
        int x;
C
turns_red style.sh base/planted.c 'space before a tab' <<'C'
	 	int x;
C
turns_red style.sh base/planted.c 'blank at the end' <<C
int x;$(printf '\t')
C
turns_red style.sh include/guichet/base/planted.h 'no comment above' <<'C'

int planted(void);
C
turns_red style.sh tests/unit/planted.c 'not for time' <<'C'
	sleep(1);
C
turns_red lists.sh base/planted.c 'in no local.mk' <<'C'
int x;
C
turns_red lists.sh tests/e2e/planted.e2e 'in no local.mk' <<'C'
see Bonjour
C
licence='/* nothing */'
turns_red style.sh base/planted.c 'SPDX' <<'C'
int x;
C
exit $failed
