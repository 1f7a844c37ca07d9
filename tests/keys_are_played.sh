#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each key of the default keymap is pressed by some .e2e script, and each screen
# of the registry is opened by one: the window title says which is in front.
set -eu
LC_ALL=C.UTF-8
export LC_ALL
cd "${top_srcdir:-.}"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
scripts=tests/e2e

# One spelling for a key: that of the runner.
normal() {
	sed -e 's/\^\(.\)/C-\1/' -e 's/^Backspace$/BS/' \
		-e 's/^Delete$/Del/' -e 's/\*[0-9]*$//' |
		awk '/^C-.$/ { $0 = "C-" tolower(substr($0, 3)) } { print }' | sort -u
}

sed -n -e '/^#/d' -e '/^\[/d' -e 's/^\([^ ]\{1,\}\)  *[a-z].*/\1/p' \
	keymaps/default.keys | normal >"$dir/keys"
cat "$scripts"/*.e2e | sed -n 's/^key  *//p' | tr -s ' ' '\n' | normal >"$dir/played"
comm -23 "$dir/keys" "$dir/played" | sed 's|.*|keymaps/default.keys:1: no script presses &|' \
	>"$dir/lost"

# NAME TITLE of every screen, one a line, then those the registry holds.
cat screens/*.c tui/help.c | awk '
	match($0, /\.name = "[a-z-]*"/) {
		name = substr($0, RSTART + 9, RLENGTH - 10)
	}
	match($0, /\.title = N_\("[^"]*"\)/) && name != "" {
		print name "\t" substr($0, RSTART + 13, RLENGTH - 15)
		name = ""
	}' >"$dir/titles"
{
	sed -n 's/^	&screen_\([a-z_]*\),$/\1/p' screens/registry.c | tr _ -
	printf 'help\nkeys\nmessages-log\n'
} | while read -r name; do
	title=$(awk -F'\t' -v name="$name" '$1 == name { print $2; exit }' "$dir/titles")
	grep -qxF "title guichet: $title" "$scripts"/*.e2e || echo "$name"
done | sed 's|.*|screens/registry.c:1: no script opens the screen &|' >>"$dir/lost"

[ -s "$dir/keys" ] || echo "keymaps/default.keys:1: no key read" >>"$dir/lost"
cat "$dir/lost"
[ ! -s "$dir/lost" ]
