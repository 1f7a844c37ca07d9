#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# An office is installed with the very commands of the README: a base, an
# account, three persons, TLS with certificates of the stations; an agent signs
# in, finds them and books.
set -u
LC_ALL=C.UTF-8
export LC_ALL
top=${top_srcdir:-.}
bin=$(cd "${top_builddir:-.}" && pwd)
[ -x "$bin/guichetd" ] || exit 77
for tool in openssl curl; do
	command -v "$tool" >/dev/null || exit 77
done
dir=$(mktemp -d) || exit 1
pid=

# shellcheck disable=SC2317 # the trap calls it
finish()
{
	[ -z "$pid" ] || kill "$pid" 2>/dev/null
	rm -rf "$dir"
}
trap finish EXIT

fail()
{
	echo "$1"
	[ ! -f "$dir/answer" ] || cat "$dir/answer"
	[ ! -f "$dir/log" ] || tail -5 "$dir/log"
	exit 1
}

# certificate NAME AUTHORITY EXTENSION
certificate()
{
	openssl req -new -newkey rsa:2048 -nodes -subj "/CN=$1" \
		-keyout "$dir/$1.key" -out "$dir/$1.csr" 2>/dev/null &&
		printf '%s\n' "$3" >"$dir/ext" &&
		openssl x509 -req -in "$dir/$1.csr" -CA "$dir/$2.pem" \
			-CAkey "$dir/$2.key" -CAcreateserial -days 2 \
			-extfile "$dir/ext" -out "$dir/$1.pem" 2>/dev/null ||
		fail "no certificate for $1"
}

# authority NAME
authority()
{
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$1" \
		-addext basicConstraints=critical,CA:TRUE \
		-keyout "$dir/$1.key" -out "$dir/$1.pem" 2>/dev/null ||
		fail "no authority $1"
}

# The commands of the README, from "guichetd $1" to the next command.
readme()
{
	awk -v first="    guichetd $1 " '
		/^## / { on = /^## For an office/ }
		!on { next }
		index($0, first) == 1 { found = 1 }
		found && /^    / { print; if (!/\\$/) exit }' "$top/README.md" |
		sed -e "s|/var/lib/guichet|$dir|" -e "s|0\\.0\\.0\\.0:8443|127.0.0.1:$port|" \
			-e "s# \\([a-z]*\\.[pc][es][mv]\\)# $dir/\\1#g" \
			-e "s|guichetd|'$bin/guichetd'|"
}

# call METHOD PATH [BODY]: the answer in $dir/answer; says its status.
call()
{
	serial=$((serial + 1))
	curl -s -o "$dir/answer" -w '%{http_code}' --max-time 20 -X "$1" \
		--cacert "$dir/servers.pem" --cert "$dir/$station.pem" \
		--key "$dir/$station.key" -H "Authorization: Bearer $token" \
		${contact:+-H "Guichet-Contact: $contact"} \
		-H "Idempotency-Key: \"7f5d0001-0000-4000-8000-0000000000$((10 + serial))\"" \
		${3:+-H 'Content-Type: application/json' --data "$3"} \
		"https://127.0.0.1:$port$2"
}

# expect STATUS METHOD PATH [BODY]
expect()
{
	want=$1
	shift
	# In this shell, so that the serial number goes on.
	call "$@" >"$dir/status"
	[ "$(cat "$dir/status")" = "$want" ] ||
		fail "$1 $2: $(cat "$dir/status"), not $want"
}

# value NAME: the first value of that name in the answer.
value()
{
	grep -o "\"$1\": *\(\"[^\"]*\"\|[0-9]*\)" "$dir/answer" | head -n 1 |
		sed -e 's/^[^:]*: *//' -e 's/"//g'
}

port=0 serial=0 token=none station=desk contact=
authority stations
authority servers
certificate cert servers 'subjectAltName=IP:127.0.0.1'
mv "$dir/cert.key" "$dir/key.pem"
certificate desk stations 'extendedKeyUsage=clientAuth'
certificate other stations 'extendedKeyUsage=clientAuth'
cp "$top/contrib/persons.csv" "$dir/persons.csv"

for command in init import; do
	readme "$command" >"$dir/$command.sh"
	[ -s "$dir/$command.sh" ] || fail "the README has no guichetd $command"
done
readme 'user add' >"$dir/user.sh"
sh -eu "$dir/init.sh" || fail 'init of the README failed'
sh -eu "$dir/init.sh" || fail 'init again failed'
echo 'un mot de passe long' | sh -eu "$dir/user.sh" || fail 'user add failed'
sh -eu "$dir/import.sh" >"$dir/out" || fail 'import failed'
grep -q '3 chargées' "$dir/out" || fail 'not three persons'
"$bin/guichetd" office list --db "$dir/caisse.db" >"$dir/out" || fail 'no list'
[ "$(grep -c guichets "$dir/out")" -eq 1 ] || fail 'not one office'
office=$(cut -c 1-13 "$dir/out" | head -n 1)
for day in 6 7; do
	"$bin/guichetd" office hours --db "$dir/caisse.db" --days "$day" \
		--hours 09:00-12:00 "$office" || fail 'hours were not changed'
done

# Some port is free; which one, only trying tells.
mkfifo "$dir/ready"
for try in 1 2 3 4 5; do
	port=$((20000 + ($$ * 7 + try * 1009) % 30000))
	readme --db >"$dir/serve.sh"
	sed -i -e "\$s|\$| --log '$dir/log' --ready-fd 3|" -e "s|^  *'|exec '|" \
		"$dir/serve.sh"
	sh -eu "$dir/serve.sh" 3>"$dir/ready" &
	pid=$!
	read -r _ <"$dir/ready" && grep -q serve.ready "$dir/log" && break
	pid=
done
[ -n "$pid" ] || fail 'serve of the README did not start'

# Without the certificate of a station there is no answer.
status=$(curl -s -o "$dir/answer" -w '%{http_code}' --max-time 20 \
	--cacert "$dir/servers.pem" "https://127.0.0.1:$port/v1/offices")
case $status in
000 | 403) ;;
*) fail "a station without certificate got $status" ;;
esac

expect 201 POST /v1/sessions \
	'{"user":"a.lefevre","password":"un mot de passe long","channel":"counter"}'
token=$(value token)
# The session is of the certificate that opened it.
station=other
expect 401 GET /v1/sessions/current
station=desk
expect 200 GET /v1/sessions/current
expect 200 POST /v1/insured/search '{"text":"1 52 07 38 421 042"}'
[ "$(value name)" = Roux ] || fail 'not found by number'
expect 200 POST /v1/insured/search '{"text":"moreau noe"}'
[ "$(value first_names)" = Noé ] || fail 'the child was not found by name'
expect 200 POST /v1/insured/search '{"text":"0639980042"}'
[ "$(value name)" = Lefèvre ] || fail 'not found by phone'
insured=$(value insured_id)
expect 201 POST /v1/contacts "{\"insured_id\":\"$insured\"}"
contact=$(value id)
expect 200 POST "/v1/contacts/$contact/proofs" \
	'{"kind":"document","document":"id-card"}'
expect 200 GET "/v1/insured/$insured/beneficiaries"
expect 200 GET '/v1/slots?reason=VITALE&limit=5'
expect 201 POST /v1/appointments "{\"insured_id\":\"$insured\",
	\"office_id\":\"$(value office_id)\",\"desk\":$(value desk),
	\"starts_at\":\"$(value starts_at)\",\"reason\":\"VITALE\",
	\"channel\":\"counter\",\"accept_warnings\":true}"
case $(value number) in
RDV-*) ;;
*) fail 'no appointment number' ;;
esac
kill -TERM "$pid"
wait "$pid" || fail 'it did not end well'
pid=
"$bin/guichetd" check --db "$dir/caisse.db" >"$dir/out" || fail 'check failed'
exit 0
