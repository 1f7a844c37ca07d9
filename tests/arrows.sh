#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Who may include whom (docs/architecture.md).  Reads the sources only; prints
# file:line for each include that points the wrong way.
set -eu
LC_ALL=C
export LC_ALL
cd "${top_srcdir:-.}"
folders=
for folder in base api tui screens backend include; do
	[ ! -d "$folder" ] || folders="$folders $folder"
done
# shellcheck disable=SC2086 # a list of folders; no source has blanks in its name
files=$(find $folders -name '*.[ch]' | sort)
# shellcheck disable=SC2086
awk '
BEGIN {
	# Rooms of ours that a room may enter.
	enter["base"] = " base "
	enter["api"] = " base api "
	enter["tui"] = " base tui "
	enter["screens"] = " base api tui screens "
	enter["backend"] = " base api backend "

	# Libraries a room may use; then those of single files.
	uses["api"] = " jansson "
	uses["tui"] = " curses "
	uses["backend"] = " jansson microhttpd gnutls sodium "
	only["sodium"] = "^(base/secret[^/]*|tui/clipboard\\.c)$"
	only["curl"] = "^(api/http[^/]*|backend/oidc/(fetch|oidc)\\.c)$"
	only["cjose"] = "^backend/oidc/token\\.c$"
	only["readline"] = "^tui/prompt[^/]*$"
	only["sqlite"] = "^backend/store/"
	only["postgres"] = "^backend/store/"
	only["paper"] = "^backend/(paper|print)"

	split("curses.h ncurses.h ncursesw/ panel.h form.h menu.h term.h", n)
	for (i in n) library[n[i]] = "curses"
	split("cairo pango/ zint.h", n)
	for (i in n) library[n[i]] = "paper"
	library["curl/"] = "curl"
	library["cjose/"] = "cjose"
	library["jansson.h"] = "jansson"
	library["readline/"] = "readline"
	library["microhttpd.h"] = "microhttpd"
	library["gnutls/"] = "gnutls"
	library["sodium.h"] = "sodium"
	library["sqlite3.h"] = "sqlite"
	library["libpq-fe.h"] = "postgres"
	library["cmocka.h"] = "tests"
	library["vterm.h"] = "tests"

	for (i = 1; i < ARGC; i++) {
		exists[ARGV[i]] = 1
		if (ARGV[i] ~ /^screens\/.*\.c$/)
			note_screen(ARGV[i])
	}
}

# screens/x.c that declares a screen makes x.h private to it.
function note_screen(file,    line, header)
{
	while ((getline line < file) > 0)
		if (line ~ /^const struct ui_screen screen_/) {
			header = file
			sub(/\.c$/, ".h", header)
			private[header] = 1
		}
	close(file)
}

function room_of(path)
{
	sub(/^include\/guichet\//, "", path)
	sub(/\/.*/, "", path)
	return path
}

function wrong(why)
{
	printf "%s:%d: %s\n", FILENAME, FNR, why
	bad = 1
}

function check_ours(name,    room, target)
{
	room = room_of(FILENAME)
	target = name
	sub(/^guichet\//, "", target)
	target = room_of(target)
	if (index(enter[room], " " target " ") == 0)
		wrong(room " may not include <" name ">")
	if (room == "backend" && name == "guichet/api/client.h")
		wrong("the back-end may not include the client")
}

function check_library(name,    room, key, lib)
{
	room = room_of(FILENAME)
	lib = ""
	for (key in library)
		if (index(name, key) == 1)
			lib = library[key]
	if (lib == "" || index(uses[room], " " lib " "))
		return
	if (!(lib in only) || FILENAME !~ only[lib])
		wrong(room " may not include <" name ">")
}

# "x.h": beside the file, else from the top of its room, never out of it.
function check_quoted(name,    room, path, own)
{
	room = room_of(FILENAME)
	path = FILENAME
	sub(/[^\/]*$/, "", path)
	path = path name
	while (path ~ /[^\/]+\/\.\.\//)
		sub(/[^\/]+\/\.\.\//, "", path)
	if (!(path in exists) && ((room "/" name) in exists))
		path = room "/" name
	if (room_of(path) != room && path ~ /\//)
		wrong(room " may not include \"" name "\" of another room")
	# booking.c, booking_calls.c and the like are one screen.
	own = path
	sub(/\.h$/, "", own)
	if (path in private && FILENAME !~ "^" own "(_[a-z_]*)?\\.[ch]$")
		wrong("\"" name "\" is private to another screen")
	if (name ~ /^guichet\//)
		check_ours(name)
	check_library(name)
}

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
	name = $0
	sub(/^[^<"]*[<"]/, "", name)
	sub(/[>"].*/, "", name)
	if ($0 ~ /include[ \t]*"/)
		check_quoted(name)
	else if (name ~ /^guichet\//)
		check_ours(name)
	else
		check_library(name)
}

END { exit bad }
' $files
