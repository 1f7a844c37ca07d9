#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The trace of a daemon that serves, its witness, a copy of before, and a year.
set -u
LC_ALL=C.UTF-8
export LC_ALL
daemon=${top_builddir:-.}/guichetd
[ -x "$daemon" ] || exit 77
command -v curl >/dev/null || exit 77
dir=$(mktemp -d) || exit 1
pid=
bad=0

# shellcheck disable=SC2317 # the trap calls it
finish()
{
	[ -z "$pid" ] || kill "$pid" 2>/dev/null
	rm -rf "$dir"
}
trap finish EXIT

# expect STATUS WORDS -- COMMAND...: both the exit status and the message.
expect()
{
	want=$1 words=$2
	shift 3
	"$@" >"$dir/out" 2>"$dir/err" </dev/null
	got=$?
	[ "$got" -eq "$want" ] || { echo "$*: status $got, not $want"; bad=1; }
	grep -q "$words" "$dir/err" "$dir/out" ||
		{ echo "$*: does not say « $words »"; bad=1; }
}

# serve OPTION...: the daemon answers when this returns.
serve()
{
	rm -f "$dir/ready" "$dir/leash"
	mkfifo "$dir/ready" "$dir/leash"
	"$daemon" --db "$dir/db" --listen "unix:$dir/s" --log "$dir/log" \
		--clock 2026-11-23T09:02:00+01:00 --ready-fd 3 --leash 4 "$@" \
		4<"$dir/leash" 3>"$dir/ready" </dev/null &
	pid=$!
	exec 5>"$dir/leash"
	read -r _ <"$dir/ready" || :
}

# A sign-in leaves a line in the trace.
sign_in()
{
	curl -s -m 20 -o /dev/null --unix-socket "$dir/s" \
		-H 'Content-Type: application/json' -d "{\"user\":\"$1\",
		\"password\":\"guichet-demo\",\"channel\":\"counter\"}" \
		http://localhost/v1/sessions
}

stop()
{
	kill -TERM "$pid"
	wait "$pid" || { echo 'the daemon did not end well'; bad=1; }
	exec 5>&-
	pid=
}

"$daemon" seed --db "$dir/db" --insured 200 --today 2026-11-23 >/dev/null
"$daemon" key new "$dir/key"
serve --witness "$dir/witness,syslog"
sign_in a.lefevre
stop
expect 0 'témoin' -- "$daemon" check --db "$dir/db" --witness "$dir/witness"
"$daemon" backup --db "$dir/db" --to "$dir/copy" --key-file "$dir/key" >/dev/null
serve --witness "$dir/witness"
sign_in c.moreau
stop
expect 0 '2 lignes' -- "$daemon" check --db "$dir/db" --witness "$dir/witness"
[ "$(wc -l <"$dir/witness")" -eq 2 ] || { echo 'each head is told once'; bad=1; }

# A copy of before lacks what was told since: the witness sees it.
expect 0 'reconnecter' -- "$daemon" restore --from "$dir/copy" --db "$dir/db" \
	--key-file "$dir/key" --witness "$dir/witness" --force
expect 0 'en ordre' -- "$daemon" check --db "$dir/db"
expect 65 'coupée' -- "$daemon" check --db "$dir/db" --witness "$dir/witness"
expect 65 'coupée' -- "$daemon" --db "$dir/db" --listen "unix:$dir/s" \
	--log "$dir/log" --witness "$dir/witness"
serve --despite-broken-trace --witness "$dir/witness"
stop
grep -q '"event":"audit.broken"' "$dir/log" || { echo 'nothing is said'; bad=1; }
serve --witness "$dir/witness-2"
sign_in c.moreau
stop
expect 0 'en ordre' -- "$daemon" check --db "$dir/db" --witness "$dir/witness-2"

# Thirteen months later nothing old is left, and the chain holds.
later=2027-12-23T09:00:00+01:00
expect 65 'force' -- "$daemon" purge --db "$dir/db" --clock $later
expect 0 '2 lignes' -- "$daemon" purge --db "$dir/db" --clock $later --force
expect 0 '1 purgés' -- "$daemon" check --db "$dir/db" --witness "$dir/witness-2"
exit $bad
