#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Sessions as the operator sees and ends them: a revoked one, or one of a locked
# account, is dead in less than a second.
set -u
LC_ALL=C.UTF-8
export LC_ALL
daemon=${top_builddir:-.}/guichetd
[ -x "$daemon" ] && command -v curl >/dev/null || exit 77
dir=$(mktemp -d) || exit 1
pid=

# shellcheck disable=SC2317 # the trap calls it
finish()
{
	[ -z "$pid" ] || kill "$pid"
	rm -rf "$dir"
}
trap finish EXIT

fail()
{
	echo "$1"
	cat "$dir/answer" 2>/dev/null
	exit 1
}

now_ms()
{
	date +%s%3N
}

# ask METHOD PATH [BODY]: prints the status; the answer is in $dir/answer.
ask()
{
	curl -s -o "$dir/answer" -w '%{http_code}' --max-time 20 -X "$1" \
		--unix-socket "$dir/s" -H "Authorization: Bearer $token" \
		-H "Guichet-Desk: ${desk-3}" \
		-H 'Content-Type: application/json' ${3+-d "$3"} "http://localhost$2"
}

sign_in()
{
	token=none
	[ "$(ask POST /v1/sessions "{\"user\":\"$1\",\"desk\":\"3\",
		\"password\":\"un mot de passe long\"}")" = 201 ] ||
		fail "$1 could not sign in"
	token=$(sed 's/.*"token":"\([^"]*\)".*/\1/' "$dir/answer")
}

is_dead()
{
	[ "$(ask GET /v1/sessions/current)" = 401 ]
}

"$daemon" init --db "$dir/db" --caisse 01381 --name "CPAM de l'Isère" \
	--department 38 --office Grenoble --postcode 38000 --city Grenoble ||
	fail 'init failed'
for login in a.lefevre b.noel; do
	echo 'un mot de passe long' |
		"$daemon" user add --db "$dir/db" "$login" || fail 'user add failed'
done
mkfifo "$dir/ready"
"$daemon" --db "$dir/db" --listen "unix:$dir/s" --log "$dir/log" \
	--ready-fd 3 3>"$dir/ready" &
pid=$!
read -r _ <"$dir/ready" || fail 'it did not start'

# Three sessions; the list names each, and one is ended by its name.
sign_in b.noel
kept=$token
sign_in a.lefevre
other=$token
sign_in a.lefevre
"$daemon" session list --db "$dir/db" >"$dir/list" || fail 'no list'
[ "$(wc -l <"$dir/list")" -eq 3 ] || fail 'not three sessions'
"$daemon" session list --db "$dir/db" b.noel >"$dir/list" || fail 'no list'
[ "$(wc -l <"$dir/list")" -eq 1 ] || fail 'not one session of b.noel'
grep -q "$kept" "$dir/list" && fail 'the list tells a token'
"$daemon" session list --db "$dir/db" a.lefevre >"$dir/list"
name=$(head -n 1 "$dir/list" | cut -d ' ' -f 1)
"$daemon" session revoke --db "$dir/db" "$name" >/dev/null || fail 'no revoke'
"$daemon" session list --db "$dir/db" a.lefevre >"$dir/list"
[ "$(wc -l <"$dir/list")" -eq 1 ] || fail 'more than one was revoked'
grep -q "^$name" "$dir/list" && fail 'another one was revoked'

# By login; the clock runs from the command to the refusal.
since=$(now_ms)
"$daemon" session revoke --db "$dir/db" a.lefevre >/dev/null || fail 'no revoke'
is_dead || fail 'a revoked session lives'
token=$other
is_dead || fail 'a revoked session lives'
took=$(($(now_ms) - since))
[ "$took" -lt 1000 ] || fail "it died after $took ms"
token=$kept
[ "$(ask GET /v1/sessions/current)" = 200 ] || fail 'another session died too'

# Carried to another desk a token says nothing; brought back it lives.
desk=4
is_dead || fail 'a token works at another desk'
unset desk
[ "$(ask GET /v1/sessions/current)" = 200 ] || fail 'a session was lost'

# A locked account has none, and gets none.
since=$(now_ms)
"$daemon" user lock --db "$dir/db" b.noel || fail 'no lock'
is_dead || fail 'the session of a locked account lives'
took=$(($(now_ms) - since))
[ "$took" -lt 1000 ] || fail "it died after $took ms"
[ "$(ask POST /v1/sessions '{"user":"b.noel",
	"password":"un mot de passe long"}')" = 401 ] || fail 'locked, yet it opens'

# A second factor: told once, asked at the next sign-in, and gone again.
sign_in a.lefevre
"$daemon" user totp --db "$dir/db" a.lefevre >"$dir/secret" || fail 'no totp'
grep -q '^otpauth://totp/guichet:a.lefevre?secret=[A-Z2-7]\{32\}&' "$dir/secret" ||
	fail 'no address for the telephone'
[ "$(grep -c '█' "$dir/secret")" -gt 20 ] || fail 'no QR code'
is_dead || fail 'a session without the second factor lives'
[ "$(ask POST /v1/sessions '{"user":"a.lefevre",
	"password":"un mot de passe long"}')" = 401 ] || fail 'no code was asked'
grep -q '"second.factor"' "$dir/answer" || fail 'no code was asked'
"$daemon" user no-totp --db "$dir/db" a.lefevre || fail 'no no-totp'

# All of them.
sign_in a.lefevre
"$daemon" session revoke --db "$dir/db" --all >/dev/null || fail 'no revoke'
is_dead || fail 'a revoked session lives'
"$daemon" session revoke --db "$dir/db" nobody 2>/dev/null
[ $? -eq 67 ] || fail 'who has no session is not told apart'
"$daemon" session revoke --db "$dir/db" 2>/dev/null
[ $? -eq 64 ] || fail 'nothing is a name'
kill -TERM "$pid"
wait "$pid" || fail 'it did not end well'
pid=
exit 0
