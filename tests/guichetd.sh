#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The daemon as its parent and its operator see it.
set -u
LC_ALL=C.UTF-8
export LC_ALL
daemon=${top_builddir:-.}/guichetd
[ -x "$daemon" ] || exit 77
dir=$(mktemp -d) || exit 1
pids=
bad=0

# shellcheck disable=SC2317 # the trap calls it
finish()
{
	for pid in $pids; do
		kill "$pid" 2>/dev/null
	done
	rm -rf "$dir"
}
trap finish EXIT

fail()
{
	echo "$1"
	bad=1
}

# expect STATUS WORDS -- COMMAND...: both the exit status and the message.
expect()
{
	want=$1 words=$2
	shift 3
	"$@" >"$dir/out" 2>"$dir/err" </dev/null
	got=$?
	[ "$got" -eq "$want" ] || fail "$*: status $got, not $want"
	grep -q "$words" "$dir/err" "$dir/out" || fail "$*: does not say « $words »"
}

# nir NUMBER COMMAND...: the number comes by the input.
nir()
{
	number=$1
	shift
	echo "$number" | "$@"
}

# start WHERE: the daemon answers when this returns.
start()
{
	rm -f "$dir/ready" "$dir/leash"
	mkfifo "$dir/ready" "$dir/leash"
	"$daemon" --db "$dir/db" --listen "$1" --log "$dir/log" \
		--ready-fd 3 --leash 4 4<"$dir/leash" 3>"$dir/ready" &
	pid=$!
	pids="$pids $pid"
	exec 5>"$dir/leash"
	read -r _ <"$dir/ready" || :
}

expect 64 'commande inconnue' -- "$daemon" nothing
expect 64 'dbb' -- "$daemon" --dbb x
expect 64 'il faut --db' -- "$daemon" --listen unix:x
expect 0 'guichetd 0' -- "$daemon" --version
expect 0 'Usage' -- "$daemon" --help
expect 0 'gérer les comptes' -- "$daemon" user --help
expect 0 'openapi: 3.1.1' -- "$daemon" --print-openapi
expect 78 'guichetd init' -- "$daemon" --db "$dir/none" --listen "unix:$dir/s"
[ ! -e "$dir/none" ] || fail 'a database was made by serving it'
expect 65 'illisible' -- "$daemon" user lock --db "$dir/none" someone

"$daemon" init --db "$dir/db" || fail 'init failed'
"$daemon" init --db "$dir/db" || fail 'init again failed'
[ "$(stat -c %a "$dir/db")" = 600 ] || fail 'the database is not private'
expect 78 'sans TLS' -- "$daemon" --db "$dir/db" --listen 0.0.0.0:0
for port in 65536 99999 -1 '' 80x; do
	expect 78 'adresse' -- "$daemon" --db "$dir/db" --listen "127.0.0.1:$port"
done
expect 78 'vont ensemble' -- "$daemon" --db "$dir/db" --tls-cert "$dir/c"
expect 0 'en ordre' -- "$daemon" check --db "$dir/db"
expect 66 'illisible' -- "$daemon" check --db "$dir/absent"
expect 67 'caisse' -- "$daemon" user add --db "$dir/db" someone
expect 65 'a b' -- "$daemon" user add --db "$dir/db" 'a b'
expect 67 'pas de compte' -- "$daemon" user lock --db "$dir/db" someone
expect 65 'cette caisse' -- "$daemon" office list --db "$dir/db"
expect 65 'illisible' -- "$daemon" office list --db "$dir/none"
expect 64 'guichetd office' -- "$daemon" office hours --db "$dir/db"
expect 65 'name' -- "$daemon" init --db "$dir/db" --caisse 1381
expect 66 'illisible' -- "$daemon" import --db "$dir/none" "$dir/absent.csv"
expect 64 'guichetd import' -- "$daemon" import --db "$dir/db"
expect 64 'guichetd user' -- "$daemon" user add --db "$dir/db"
"$daemon" seed --db "$dir/demo" --insured 100 || fail 'seed failed'
access="$daemon access --db $dir/demo --caisse"
nir 2850345234123 $access 1381 protect || fail 'protect failed'
nir 2850345234123 $access 1381 release || fail 'release failed'
nir 1960338053120 $access 1381 own c.moreau || fail 'own failed'
expect 67 'pas cet agent' -- nir 2850345234123 $access 1381 own f.blanc
expect 67 'pas ce dossier' -- nir 2850345234123 $access 1731 release
expect 67 'pas ce dossier' -- nir 2850345234124 $access 1381 release
expect 65 'un NIR' -- "$daemon" access protect --db "$dir/demo" \
	--caisse 1381 </dev/null
expect 64 'guichetd access' -- "$daemon" access own --db "$dir/demo"

start "unix:$dir/s"
[ "$(stat -c %a "$dir/s")" = 600 ] || fail 'the socket is not private'
expect 69 'répond déjà' -- "$daemon" --db "$dir/db" --listen "unix:$dir/s"
kill -XFSZ "$pid"
kill -TERM "$pid"
wait "$pid" || fail 'SIGTERM after a full quota did not end it well'
[ ! -e "$dir/s" ] || fail 'the socket was left behind'
exec 5>&-

start "unix:$dir/s"
exec 5>&-
wait "$pid" || fail 'the end of the leash did not end it well'

start "unix:$dir/s"
kill -KILL "$pid"
wait "$pid" 2>/dev/null
exec 5>&-
start "unix:$dir/s"
kill -TERM "$pid"
wait "$pid" || fail 'it did not start again after being killed'

# The process that draws papers is gone: who starts services starts both again.
start "unix:$dir/s"
read -r press _ <"/proc/$pid/task/$pid/children"
kill -9 "$press"
wait "$pid"
got=$?
[ "$got" -eq 69 ] || fail "it ended with $got, not 69, without its press"
grep -q '"event":"serve.press"' "$dir/log" || fail 'the log does not tell of the press'
exec 5>&-
grep -q '"event":"serve.ready"' "$dir/log" || fail 'the log is empty'

# Copies, their key, and what is not overwritten.
expect 64 'key new' -- "$daemon" key
"$daemon" key new "$dir/key" || fail 'no key was made'
[ "$(stat -c %a "$dir/key")" = 600 ] || fail 'the key is not private'
expect 73 'existe' -- "$daemon" key new "$dir/key"
for word in backup restore key; do
	expect 0 "guichetd $word" -- "$daemon" $word --help
done
expect 64 'colour' -- "$daemon" restore --colour blue
expect 64 'il faut' -- "$daemon" backup --db "$dir/db"
expect 66 'illisible' -- "$daemon" backup --db "$dir/db" --to "$dir/copy" \
	--key-file "$dir/none"
expect 0 'relus' -- "$daemon" backup --db "$dir/db" --to "$dir/copy" \
	--key-file "$dir/key"
expect 73 'existe' -- "$daemon" backup --db "$dir/db" --to "$dir/copy" \
	--key-file "$dir/key"
expect 73 'force' -- "$daemon" restore --from "$dir/copy" --db "$dir/db" \
	--key-file "$dir/key"
"$daemon" key new "$dir/key2" || fail 'no second key was made'
expect 65 '.' -- "$daemon" restore --from "$dir/copy" --db "$dir/db2" \
	--key-file "$dir/key2"
expect 0 'reconnecter' -- "$daemon" restore --from "$dir/copy" --db "$dir/db2" \
	--key-file "$dir/key"
expect 0 'en ordre' -- "$daemon" check --db "$dir/db2"
start "unix:$dir/s"
expect 73 'arrêtez' -- "$daemon" restore --from "$dir/copy" --db "$dir/db" \
	--key-file "$dir/key" --force
kill -TERM "$pid"
wait "$pid" || fail 'it did not end well after a restoration refused'
exec 5>&-
expect 0 'reconnecter' -- "$daemon" restore --from "$dir/copy" --db "$dir/db" \
	--key-file "$dir/key" --force

# The trace: how long it is kept, and who else knows of it.
expect 64 'months' -- "$daemon" purge --db "$dir/db" --months 37
expect 65 '36' -- "$daemon" purge --db "$dir/db" --months 5
expect 0 '0 lignes' -- "$daemon" purge --db "$dir/db" --months 6
expect 66 'illisible' -- "$daemon" check --db "$dir/db" --witness "$dir/none"
echo "guichet-witness 01381 2026-11-21 7 $(printf %064d 0) x" >"$dir/witness"
expect 65 'coupée' -- "$daemon" check --db "$dir/db" --witness "$dir/witness"
expect 65 'coupée' -- "$daemon" --db "$dir/db" --listen "unix:$dir/s" \
	--witness "$dir/witness"
exit $bad
