#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The runner itself, on a toy: each word passes where it should, and each
# misbehaviour of a program turns the script red with the right sentence.
set -u
run=${top_builddir:?}/e2e_run
GUICHET=$top_builddir/e2e_toy
E2E_LIMIT_MS=1000
export GUICHET E2E_LIMIT_MS
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/golden"
failed=0

# Play the script on standard input; the rest of the words: what it must print.
fails_with() {
	cat >"$dir/t.e2e"
	if "$run" "$dir/t.e2e" >"$dir/out" 2>&1; then
		echo "not ok: should fail with « $1 »"
		failed=1
	elif ! grep -qF -- "$1" "$dir/out"; then
		echo "not ok: « $1 » is not said, but:"
		cat "$dir/out"
		failed=1
	else
		echo "ok: fails with « $1 »"
	fi
}

passes() {
	cat >"$dir/t.e2e"
	if "$run" "$dir/t.e2e" >"$dir/out" 2>&1; then
		echo "ok: $1"
	else
		echo "not ok: $1"
		cat "$dir/out"
		failed=1
	fi
}

passes "every word of a healthy morning" <<'TXT'
# comment
env NOTHING=here
size 100 30
start
see Bonjour 100x30
see 1 234,56 €
see gras ... rouge
not rouge ... gras
style gras bold
style rouge red
style rouge no-bold
type été
see Nom : été
key F9
cursor-on rouge
key Tab Up*2
see touche KEY_UP
mark
key Down Down
keys 2
paste  x
bytes 400
within 4000
resize 60 20
see Bonjour 60x20
not Bonjour 100x30
key F8
title titre
clipboard Bonjour
picture toy.svg
file $DIR/toy.svg contains Bonjour
write $CONFIG/keys F1 help
file $CONFIG/keys contains F1 help
file $STATE missing
key C-d
exit 0
TXT

passes "two desks side by side" <<'TXT'
start premier
see Nom : premier
desk 2
write $HOME/mine here
start second
see Nom : second
type s
desk 1
not second
file $HOME/mine missing
key C-d
exit 0
desk 2
see Nom : seconds
key C-d
exit 0
TXT

printf 'start\nsee Bonjour\ngolden toy.txt\n' >"$dir/g.e2e"
if UPDATE=1 "$run" "$dir/g.e2e" >/dev/null && grep -q 'Bonjour 80x24' "$dir/golden/toy.txt"; then
	echo "ok: UPDATE=1 writes the golden file"
else
	echo "not ok: UPDATE=1 writes the golden file"
	failed=1
fi
passes "the golden file is met" <"$dir/g.e2e"
fails_with "row 5 differs" <<'TXT'
start other
see other
golden toy.txt
TXT

fails_with "« Bonsoir » is not on the screen" <<'TXT'
start
see Bonsoir
TXT
grep -q '^|Bonjour 80x24' "$dir/out" || {
	echo "not ok: the screen is printed on failure"
	failed=1
}
fails_with "still on the screen" <<'TXT'
start
see Bonjour
not Bonjour
TXT
fails_with "did not ask for the mouse" <<'TXT'
start
see Bonjour
click gras
TXT
fails_with "the cursor is at row 5 column 7, « gras » at row 2 column 1" <<'TXT'
start
see Bonjour
cursor-on gras
TXT
fails_with "« gras » is not reverse" <<'TXT'
start
style gras reverse
TXT
fails_with "unknown sequence written: ESC [?9999h" <<'TXT'
start
see Bonjour
key F2
TXT
fails_with 'unknown sequence written: \xc2\x9b' <<'TXT'
start
see Bonjour
key F4
TXT
fails_with "the cursor is invisible" <<'TXT'
start
see Bonjour
key F3
TXT
fails_with "bytes were written" <<'TXT'
start
see Bonjour
type a
bytes 2
TXT
fails_with "3 keys were pressed" <<'TXT'
start
see Bonjour
key a b c
keys 2
TXT
fails_with "left something running" <<'TXT'
start
see Bonjour
key F5 C-d
exit 0
TXT
fails_with "the alternate screen is left on" <<'TXT'
start
see Bonjour
key F6
exit 3
TXT
fails_with "does not leave when the terminal hangs up" <<'TXT'
start
see Bonjour
key F7
TXT
fails_with "ended with 1" <<'TXT'
start
see Bonjour
signal TERM
exit 0
TXT
fails_with "the last steps:" <<'TXT'
start
see Bonjour
monkey 1 200
TXT
fails_with "is no word" <<'TXT'
sea Bonjour
TXT
fails_with "comes before « start »" <<'TXT'
see Bonjour
TXT
fails_with "unknown key" <<'TXT'
start
key F99
TXT
exit $failed
