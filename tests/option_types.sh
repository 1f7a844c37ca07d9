#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A member of the wrong type in a table of options must not compile.
set -eu
work=$(mktemp -d "${TMPDIR:-/tmp}/guichet-types-XXXXXX")
trap 'rm -rf "$work"' EXIT
failed=0

# $1: the declaration of the member, $2: the macro that names it
compiles()
{
	cat >"$work/table.c" <<END
#include <guichet/base/option.h>
struct config { $1; };
#define OPT_STRUCT struct config
extern const char *const names[];
extern const struct option_def options[];
const struct option_def options[] = { { .name = "member", $2 }, { 0 } };
END
	# shellcheck disable=SC2086 # the compiler may have arguments
	${CC:-cc} -std=gnu11 -fsyntax-only -w -I"${top_srcdir:-.}/include" \
		"$work/table.c" 2>"$work/errors"
}

accepted()
{
	compiles "$@" && return
	echo "refused but right: $1 with $2"
	cat "$work/errors"
	failed=1
}

refused()
{
	compiles "$@" || return 0
	echo "accepted but wrong: $1 with $2"
	failed=1
}

accepted 'char member[20]' 'OPT_TEXT(member)'
accepted 'int member' 'OPT_INT(member, 1, 9)'
accepted 'bool member' 'OPT_BOOL(member)'
accepted 'int member' 'OPT_ENUM(member, names)'

for wrong in 'char *member' 'unsigned char member[20]' 'int member' 'char member'; do
	refused "$wrong" 'OPT_TEXT(member)'
done
for wrong in 'long member' 'unsigned member' 'bool member' 'int *member' 'char member[4]' \
	'double member'; do
	refused "$wrong" 'OPT_INT(member, 1, 9)'
	refused "$wrong" 'OPT_ENUM(member, names)'
done
for wrong in 'int member' 'char member' 'bool *member'; do
	refused "$wrong" 'OPT_BOOL(member)'
done
exit $failed
