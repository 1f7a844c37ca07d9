#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The offices and the accounts, as who keeps the daemon changes and reads them.
set -u
LC_ALL=C.UTF-8
export LC_ALL
daemon=${top_builddir:-.}/guichetd
[ -x "$daemon" ] || exit 77
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
bad=0

# expect STATUS WORDS -- COMMAND...: both the exit status and the message.
expect()
{
	want=$1 words=$2
	shift 3
	"$@" >"$dir/out" 2>"$dir/err"
	got=$?
	[ "$got" -eq "$want" ] || { echo "$*: status $got, not $want"; bad=1; }
	[ -z "$words" ] || grep -q -- "$words" "$dir/out" "$dir/err" ||
		{ echo "$*: does not say « $words »"; bad=1; }
}

# password LINE COMMAND...: what is typed comes by the input.
password()
{
	line=$1
	shift
	printf '%b' "$line" | "$@"
}

office="$daemon office --db $dir/db"
user="$daemon user --db $dir/db"
long='un mot de passe long\n'
"$daemon" init --db "$dir/db" --caisse 1731 --name 'CPAM de la Savoie' \
	--department 73 >/dev/null || exit 1

# Offices: what is added is listed, with its hours and what closes it.
expect 0 '.' -- $office add --name Chambéry --postcode 73000 \
	--city Chambéry --desks 3
id=$(cat "$dir/out")
expect 0 "^$id  Chambéry, 73000 Chambéry, 3 guichets" -- $office list
[ "$(grep -c ':' "$dir/out")" -ge 10 ] || { echo 'no hours'; bad=1; }
expect 0 '.' -- $office add --name Modane --desks 1 --days 2
expect 0 'Modane, .*1 guichet$' -- $office list
expect 0 '' -- $office hours "$id" --days 6 --hours 09:00-12:00 --desk 2
expect 0 'samedi *09:00-12:00, guichet 2' -- $office list
expect 65 'accueil' -- $office hours 0000000000000 --days 6
expect 65 '' -- $office hours "$id" --days 8
expect 0 '' -- $office close "$id" --from 2099-12-24 --label Inventaire
expect 0 '' -- $office close "$id" --from 2099-12-28T09:00 \
	--until 2099-12-28T12:00 --desk 3 --label Travaux
expect 0 '24/12/2099.*Inventaire' -- $office list
expect 0 'Travaux, guichet 3' -- $office list
expect 65 '' -- $office close "$id" --from 2099-12-24 --until 2099-12-23
expect 65 'nom' -- $office add --name ''
expect 64 'desks' -- $office add --name x --desks 0
for words in '' 'nothing' 'add more' 'hours' 'close a b'; do
	expect 64 'guichetd office' -- $office $words
done
expect 64 'guichetd office' -- "$daemon" office list
expect 0 'fermetures' -- "$daemon" office --help

# What was booked where it closes is told.
"$daemon" seed --db "$dir/demo" --insured 300 >/dev/null || exit 1
expect 0 guichets -- "$daemon" office list --db "$dir/demo" --caisse 1381
demo=$(grep -m 1 guichets "$dir/out" | cut -c 1-13)
expect 0 'déjà pris' -- "$daemon" office close --db "$dir/demo" --caisse 1381 \
	"$demo" --from "$(date +%F)" --until 2099-12-31
expect 65 'caisse' -- "$daemon" office list --db "$dir/demo"

# Accounts.
expect 0 '' -- password "$long" $user add paul --role supervisor --name 'P. Roux'
expect 65 'existe déjà' -- password "$long" $user add paul
expect 67 'caisse' -- password "$long" $user add anne --caisse 1381
expect 0 '' -- password "$long" $user add anne --caisse 1731 --office "$id"
expect 0 '' -- password "$long" $user passwd paul
expect 65 'trop court' -- password 'court\n' $user passwd paul
expect 65 'absent' -- password 'sans fin de ligne' $user passwd paul
expect 65 'absent' -- password '' $user passwd paul
expect 0 '' -- $user lock paul
expect 0 '' -- $user unlock paul
expect 0 'otpauth://totp/' -- $user totp paul
expect 0 '' -- $user no-totp paul
expect 67 'pas de compte' -- password "$long" $user passwd absent
for word in lock unlock totp no-totp; do
	expect 67 'absent.*pas de compte' -- $user $word absent
done
for words in '' add 'lock' 'lock paul anne' 'nothing paul'; do
	expect 64 'guichetd user' -- $user $words
done
expect 64 'guichetd user' -- "$daemon" user lock paul
expect 64 'guichetd user' -- $user lock "$(printf '%064d' 0)"
expect 64 'role' -- $user add x --role king
exit $bad
