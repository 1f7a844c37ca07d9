#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Our scripts pass shellcheck, our manual pages mandoc; bootstrap explains
# itself.
set -u
cd "${top_srcdir:-.}" || exit 99
command -v shellcheck >/dev/null || exit 77
failed=0
for script in bootstrap .ci/run po/update docs/make-pictures tests/*.sh tests/*/*.sh; do
	[ ! -f "$script" ] || shellcheck -s sh -S warning "$script" || failed=1
done
for page in "${top_builddir:-.}"/man/*.[1-8]; do
	[ -f "$page" ] || continue
	command -v mandoc >/dev/null || exit 77
	mandoc -Tlint -W warning "$page" || failed=1
done
./bootstrap help | grep -q '^usage: ./bootstrap' || {
	echo "bootstrap help does not explain"
	failed=1
}
./bootstrap nonsense >/dev/null 2>&1
[ $? -eq 64 ] || {
	echo "bootstrap takes an unknown command"
	failed=1
}
exit $failed
