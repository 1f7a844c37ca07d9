#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A source, a script or a test that no local.mk names is neither built, nor run,
# nor distributed: say which.
set -eu
LC_ALL=C
export LC_ALL
cd "${top_srcdir:-.}"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for list in Makefile.am ./*/local.mk ./*/*/local.mk; do
	[ -f "$list" ] || continue
	folder=$(dirname "$list")
	sed -e '/^#/d' -e "s|%D%|${folder#./}|g" "$list" | tr -s ' \t\\=' '\n'
done | sort -u >"$dir/named"
for folder in base api tui screens backend tests bench; do
	[ ! -d "$folder" ] || find "$folder" -type f \
		\( -name '*.[ch]' -o -name '*.e2e' -o -name '*.sh' -o -name '*.sql' \)
done | sort >"$dir/there"
# A folder that is named is distributed whole.
comm -13 "$dir/named" "$dir/there" | while read -r file; do
	folder=$file
	while folder=${folder%/*} && ! grep -qxF "$folder" "$dir/named"; do
		case $folder in
		*/*) ;;
		*)
			printf '%s:1: in no local.mk\n' "$file"
			break
			;;
		esac
	done
done >"$dir/lost"
cat "$dir/lost"
[ ! -s "$dir/lost" ]
