#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The English catalogue has every message of the sources, none of them fuzzy,
# and the French of the sources keeps its punctuation on the line: a no-break
# space before : ; ! ? and inside quotes.
set -eu
cd "${top_srcdir:-.}"
command -v xgettext >/dev/null || exit 77
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp po/en.po "$dir/en.po"
chmod u+w "$dir/en.po"
sh po/update "$dir/guichet.pot" "$dir/en.po"
if msgcat --no-wrap "$dir/guichet.pot" | grep '^msgid\|^"' |
		grep ' [:;!?][ "\\]\|« \| »'; then
	echo "the spaces above are plain ones: write U+00A0"
	exit 1
fi
msgfmt --check-format --check-header -o /dev/null "$dir/en.po"
msgattrib --untranslated --no-obsolete "$dir/en.po" >"$dir/missing"
msgattrib --only-fuzzy --no-obsolete "$dir/en.po" >>"$dir/missing"
if grep -q '^msgid "..*"\|^msgid ""$' "$dir/missing"; then
	echo "po/en.po lacks (make update-po adds them):"
	cat "$dir/missing"
	exit 1
fi
