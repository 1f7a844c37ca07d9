#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `make install DESTDIR=...` puts everything there, and what it puts works.
set -u
LC_ALL=C.UTF-8
export LC_ALL
[ -x "${top_builddir:-.}/guichetd" ] || exit 77
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

fail()
{
	echo "$1"
	exit 1
}

# one NAME: the file of that name, which must be there.
one()
{
	found=$(find "$dir/root" -type f -name "$1" | head -n 1)
	[ -n "$found" ] || fail "$1 is not installed"
}

env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s -C "${top_builddir:-.}" install \
	DESTDIR="$dir/root" >"$dir/log" 2>&1 || fail "$(tail -5 "$dir/log")"
one guichet
client=$found
one guichetd
daemon=$found
for program in "$client" "$daemon"; do
	"$program" --version | grep -q '^guichetd* [0-9]' || fail "$program --version"
	"$program" --help | grep -q -e '--help' || fail "$program --help"
done
for command in serve init office import user seed check; do
	"$daemon" "$command" --help | grep -q -e '--db' || fail "$command --help"
	"$daemon" "$command" --dbb x >"$dir/out" 2>&1
	[ $? -eq 64 ] || fail "$command takes an unknown option"
	grep -q -e '--db' "$dir/out" || fail "$command suggests nothing"
done
# Both programs look where the files were put, DESTDIR apart.
one en.mo
po=${found%/en.mo}
grep -qF "${po#"$dir/root"}" "$client" || fail 'the catalogue is elsewhere'
for keys in default 5250 vi; do
	one "$keys.keys"
	"$client" --check-keys "$found" || fail "$keys.keys is refused"
done
for page in guichet.1 guichet.conf.5 guichet-keys.5 guichetd.8; do
	one "$page"
done
one persons.csv
one guichetd.service
unit=$found
grep -qF "ExecStart=${daemon#"$dir/root"} " "$unit" || fail 'the unit runs another'
exit 0
