#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The English catalogue has every message of the sources, none of them fuzzy.
set -eu
cd "${top_srcdir:-.}"
command -v xgettext >/dev/null || exit 77
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp po/en.po "$dir/en.po"
chmod u+w "$dir/en.po"
sh po/update "$dir/guichet.pot" "$dir/en.po"
msgfmt --check-format --check-header -o /dev/null "$dir/en.po"
msgattrib --untranslated --no-obsolete "$dir/en.po" >"$dir/missing"
msgattrib --only-fuzzy --no-obsolete "$dir/en.po" >>"$dir/missing"
if grep -q '^msgid "..*"\|^msgid ""$' "$dir/missing"; then
	echo "po/en.po lacks (make update-po adds them):"
	cat "$dir/missing"
	exit 1
fi
