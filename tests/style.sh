#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a machine can say about the form of the sources; prints file:line.
set -eu
LC_ALL=C
export LC_ALL
cd "${top_srcdir:-.}"
# shellcheck disable=SC2046 # no source has blanks in its name
files=$(find $(ls -d base api tui screens backend include tests bench docs bootstrap \
	configure.ac Makefile.am .ci keymaps po man 2>/dev/null) -type f \
	\( -name '*.[ch]' -o -name '*.sh' -o -name '*.mk' -o -name bootstrap -o -name run \
	-o -name configure.ac -o -name Makefile.am -o -name make-pictures \) | sort)
# shellcheck disable=SC2086
awk '
function wrong_in(file, line, why)
{
	printf "%s:%d: %s\n", file, line, why
	bad = 1
}

function wrong(line, why)
{
	wrong_in(FILENAME, line, why)
}

BEGIN {
	unfinished = "(^|[^a-z_])(todo|fixme|xxx|hack|stub|dummy|placeholder" \
		"|not implemented)([^a-z_]|$)"
	refused = "(^|[^a-z_])(strcpy|strcat|sprintf|gets|system|popen|atoi|wclear|touchwin" \
		"|redrawwin|wget_wch|get_wch|initscr)[ \t]*\\("
	waiting = "(^|[^a-z_])(usleep|nanosleep|sleep)[ (]"
}

# UTF-8 continuation bytes take no column; a tab goes to the next eighth.
function columns(line,    width, parts, n, i)
{
	gsub(/[\200-\277]/, "", line)
	n = split(line, parts, "\t")
	width = 0
	for (i = 1; i < n; i++)
		width = int((width + length(parts[i])) / 8 + 1) * 8
	return width + length(parts[n])
}

function end_of_file(file)
{
	if (lines > 600)
		wrong_in(file, lines, "the file has " lines " lines, 600 at most")
	if (!licensed)
		wrong_in(file, 1, "no SPDX-License-Identifier at the head")
}

FNR == 1 {
	if (NR > 1)
		end_of_file(this_file)
	this_file = FILENAME
	source = FILENAME ~ /\.[ch]$/
	test = FILENAME ~ /^tests\//
	public = FILENAME ~ /^include\/.*\.h$/
	may_wait = FILENAME ~ /^tests\/faults\/|style\.sh$|broken\.sh$/
	licensed = body = 0
	above = name = ""
}

{ lines = FNR }

FNR <= 2 && /SPDX-License-Identifier: GPL-3\.0-or-later/ { licensed = 1 }

columns($0) > 100 { wrong(FNR, "more than 100 columns") }
/[ \t]$/ { wrong(FNR, "blank at the end of the line") }

source && /^ +[^ *]/ { wrong(FNR, "indented with spaces") }
source && /^\t* +\t/ { wrong(FNR, "space before a tab") }

source && /^[a-z].*\(/ { name = $0; sub(/\(.*/, "", name) }
source && /^\{/ { body = FNR }
source && /^\}/ {
	if (body && FNR - body > 80)
		wrong(body, name ": " FNR - body " lines, 80 at most")
	body = 0
}

source && tolower($0) ~ unfinished {
	wrong(FNR, "unfinished work is told elsewhere")
}
source && !test && $0 ~ refused {
	wrong(FNR, "a call this house does not make")
}
source && !test && /curs_set\(0\)|leaveok\(.*(TRUE|true)/ {
	wrong(FNR, "the cursor is always visible")
}
test && !may_wait && $0 ~ waiting && !/^[ \t]*(\/?\*|#)/ {
	wrong(FNR, "a test waits for events, not for time")
}

# A prototype follows its comment, or another prototype of the same comment.
public && /^[a-z].*\(/ && !/\{$/ {
	if (above !~ /\*\/[ \t]*$/ && above !~ /;$/)
		wrong(FNR, "no comment above this function")
}
public && !/^#/ { above = $0 }

END { end_of_file(this_file); exit bad }
' $files
