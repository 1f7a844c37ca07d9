#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Let scanners try a guichetd of our own on the loopback, and our programs; print
# the verdict of each in a table.  Fails when a bar is missed.  Run by
# `make check-security`, from a build folder without sanitizers.
#
# SECURITY_ONLY='sslscan slowhttptest ...' runs some of them.
set -u
LC_ALL=C.UTF-8
export LC_ALL
top=${top_srcdir:?}
build=${top_builddir:?}
tools='sqlmap:sqlmap wfuzz:wfuzz slowhttptest:slowhttptest sslscan:sslscan
	testssl:testssl.sh readelf:binutils curl:curl systemd-analyze:systemd'
lists=/usr/share/wfuzz/wordlist/Injections
only=${SECURITY_ONLY:-hardening unit sslscan testssl slowhttptest wfuzz sqlmap}
port=$((20000 + $$ % 20000))
tls_port=$((port + 1))
url=http://127.0.0.1:$port
slow=1000
pids='' missed=0
dir=$(mktemp -d) || exit 1

# shellcheck disable=SC2317 # the trap calls it
finish() {
	for pid in $pids; do
		kill "$pid" 2>/dev/null && wait "$pid"
	done
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM

say() {
	printf 'check-security: %s\n' "$*" >&2
}

# verdict TOOL TRIED RESULT STATUS: one row; a STATUS other than 0 misses the bar.
verdict() {
	word=held
	if [ "$4" -ne 0 ]; then
		word=MISSED
		missed=$((missed + 1))
	fi
	printf '| %-12s | %-38s | %-44s | %s |\n' "$1" "$2" "$3" "$word" |
		tee -a "$dir/table" >&2
}

need_tools() {
	packages=
	for pair in $tools; do
		command -v "${pair%%:*}" >/dev/null || packages="$packages ${pair#*:}"
	done
	[ -d "$lists" ] || packages="$packages wfuzz"
	[ -z "$packages" ] || {
		say "missing:$packages (apt-get install$packages)"
		exit 1
	}
}

# start NAME ADDRESS [OPTION...]: a daemon on a population of its own.
start() {
	name=$1 address=$2
	shift 2
	"$build/guichetd" seed --db "$dir/$name" --insured 200 >/dev/null || exit 1
	mkfifo "$dir/ready"
	"$build/guichetd" --db "$dir/$name" --listen "$address" "$@" \
		--log "$dir/$name.log" --ready-fd 4 4>"$dir/ready" &
	pids="$pids $!"
	read -r _ <"$dir/ready"
	rm "$dir/ready"
}

# post PATH JSON [HEADER]: print the answer.
keys=0
post() {
	keys=$((keys + 1))
	curl -sS "$url$1" -H "Authorization: Bearer ${token:-none}" \
		-H 'Content-Type: application/json' \
		-H "Idempotency-Key: \"check-security-$keys\"" \
		${3:+-H "$3"} --data-binary "$2"
}

# value NAME: of the first member of that name on standard input.
value() {
	sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" | head -n 1
}

# A session, a person with payments, a contact that was proved.
sign_in() {
	token=$(post /v1/sessions '{"user":"a.lefevre","password":"guichet-demo",
		"channel":"counter"}' | value token)
	insured=$(post /v1/insured/search '{"text":"2850345234123"}' |
		value insured_id)
	contact=$(post /v1/contacts "{\"insured_id\":\"$insured\"}" | value id)
	post "/v1/contacts/$contact/proofs" \
		'{"kind":"document","document":"id-card"}' >/dev/null
	status=$(curl -sS -o "$dir/page" -w '%{http_code}' \
		-H "Authorization: Bearer $token" -H "Guichet-Contact: $contact" \
		"$url/v1/insured/$insured/payments?limit=5")
	[ "$status" = 200 ] || {
		say "cannot open a file: $status"
		cat "$dir/page" >&2
		exit 1
	}
	payment=$(grep -o '"id":"[^"]*"' "$dir/page" | head -n 1 | cut -d '"' -f 4)
}

# ---- the programs themselves ----

hardening() {
	for program in guichet guichetd; do
		file=$build/$program
		lacks=
		readelf -hlW "$file" >"$dir/head"
		readelf -dW "$file" >"$dir/dynamic"
		readelf --dyn-syms -W "$file" >"$dir/symbols"
		grep -q 'Type:.*DYN' "$dir/head" || lacks="$lacks PIE"
		grep -q 'GNU_RELRO' "$dir/head" || lacks="$lacks RELRO"
		grep -q 'NOW' "$dir/dynamic" || lacks="$lacks NOW"
		grep -q 'GNU_STACK.* RW ' "$dir/head" || lacks="$lacks NX"
		grep -q '__stack_chk_fail' "$dir/symbols" || lacks="$lacks canary"
		grep -q '_chk@' "$dir/symbols" || lacks="$lacks fortify"
		grep -qE 'R(UN)?PATH' "$dir/dynamic" && lacks="$lacks rpath"
		[ -z "$lacks" ]
		verdict readelf "$program" "${lacks:+lacks$lacks}${lacks:-PIE, RELRO, \
NOW, NX, canary, fortify}" $?
	done
}

unit() {
	score=$(systemd-analyze security --offline=true --no-pager \
		"$build/contrib/guichetd.service" |
		sed -n 's/.*: \([0-9.]*\) [A-Z]*.*/\1/p' | tail -n 1)
	[ -n "$score" ] && awk "BEGIN { exit !($score <= 1.5) }"
	verdict systemd 'the unit, 1.5 at most' "exposure ${score:-unknown}" $?
}

# ---- TLS ----

run_sslscan() {
	sslscan --no-colour "127.0.0.1:$tls_port" >"$dir/sslscan"
	on=$(sed -n 's/^\(SSLv.\|TLSv1\..\) *enabled$/\1/p' "$dir/sslscan" |
		tr '\n' ' ')
	[ "$on" = 'TLSv1.2 TLSv1.3 ' ]
	verdict sslscan 'TLS 1.2 and 1.3 alone' "$on" $?
	ciphers=$(grep -cE '^(Preferred|Accepted) ' "$dir/sslscan")
	weak=$(grep -E '^(Preferred|Accepted) ' "$dir/sslscan" |
		grep -vE ' TLS_(AES_[0-9]+_GCM|CHACHA20_POLY1305)_' |
		grep -cvE ' ECDHE-[A-Z]+-(AES[0-9]+-GCM|CHACHA20-POLY1305)')
	[ "$ciphers" -gt 0 ] && [ "$weak" -eq 0 ]
	verdict sslscan 'AEAD with ECDHE alone' "$ciphers suites, $weak others" $?
	groups=$(sed -n 's/^TLSv1\.[23].* bits *\(ffdhe[0-9]*\).*/\1/p' "$dir/sslscan" |
		sort -u | tr '\n' ' ')
	[ -z "$groups" ]
	verdict sslscan 'no finite-field group' "${groups:-none}" $?
	grep -q 'Session renegotiation not supported' "$dir/sslscan"
	verdict sslscan 'no renegotiation' "$(sed -n '/TLS renegotiation:/{n;p;}' \
		"$dir/sslscan")" $?
	! grep -v ' not vulnerable ' "$dir/sslscan" | grep -q ' vulnerable '
	verdict sslscan 'no heartbleed' "$(grep -c 'not vulnerable' "$dir/sslscan") \
versions not vulnerable" $?
}

# What sslscan cannot see with an OpenSSL that never compresses.
run_testssl() {
	testssl --color 0 --quiet --warnings off -C "127.0.0.1:$tls_port" \
		>"$dir/testssl" 2>&1 </dev/null
	answer=$(grep 'CRIME, TLS' "$dir/testssl" |
		grep -o 'not vulnerable\|VULNERABLE')
	[ "$answer" = 'not vulnerable' ]
	verdict testssl 'no compression (CRIME)' "${answer:-no answer}" $?
}

# ---- slow clients ----

# slow_test NAME OPTION...
slow_test() {
	name=$1
	shift
	slowhttptest -c "$slow" -r 250 -l 15 -p 3 "$@" >"$dir/slow" 2>&1
	sed 's/\x1b\[[0-9;]*m//g' "$dir/slow" >"$dir/slow.plain"
	available=$(sed -n 's/^service available: *//p' "$dir/slow.plain" |
		sort | uniq -c | tr -s ' \n' ' ')
	case $available in
	*NO*) held=1 ;;
	*YES*) held=0 ;;
	*) held=1 ;;
	esac
	verdict slowhttptest "$slow connections, $name" "available:$available" $held
}

run_slowhttptest() {
	slow_test 'slow headers' -H -i 10 -t GET -u "$url/healthz"
	slow_test 'slow bodies' -B -i 10 -t POST -u "$url/v1/sessions"
	slow_test 'slow reading' -X -w 1 -y 2 -z 1 -n 5 -t GET -u "$url/healthz"
}

# ---- injections ----

requests=0 failures=0

# number WORDS: what wfuzz counted.
number() {
	sed -n "s/.*$1: *\([0-9][0-9]*\).*/\1/p" "$dir/fuzz.out" | tail -n 1
}

# fuzz TRIED OPTION...: every word of every list in the place of FUZZ.
fuzz() {
	tried=$1
	shift
	wfuzz --sc 500,501,502,503,504,505,507,XXX -t 4 -w "$dir/words" \
		-H "Authorization: Bearer $token" "$@" >"$dir/fuzz.out" 2>&1
	sent=$(number 'Total requests')
	seen=$(number 'Processed Requests')
	fine=$(number 'Filtered Requests')
	requests=$((requests + ${seen:-0}))
	failures=$((failures + ${seen:-0} - ${fine:-0}))
	[ -n "$sent" ] && [ "${seen:-0}" -eq "$sent" ] || {
		say "wfuzz stopped: $tried"
		tail -n 5 "$dir/fuzz.out" >&2
		failures=$((failures + 1))
	}
	[ "${seen:-0}" -eq "${fine:-0}" ] || {
		say "wfuzz: $tried"
		grep -E '[0-9]{6,}:.*   (5[0-9][0-9]|XXX) ' "$dir/fuzz.out" |
			head -n 3 >&2
	}
	parameters=$((parameters + 1))
}

run_wfuzz() {
	parameters=0
	cat "$lists"/*.txt | sort -u | sed '/^$/d' >"$dir/words"
	c="Guichet-Contact: $contact"
	of=$url/v1/insured/$insured
	json='Content-Type: application/json'
	for name in from to beneficiary_id kind cursor limit count; do
		fuzz "payments $name" -H "$c" "$of/payments?$name=FUZZ"
	done
	for name in office_id postcode reason from to limit; do
		fuzz "slots $name" -H "$c" "$url/v1/slots?reason=VITALE&$name=FUZZ"
	done
	for name in insured_id office_id day cursor limit; do
		fuzz "appointments $name" -H "$c" "$url/v1/appointments?$name=FUZZ"
	done
	for name in cursor limit; do
		fuzz "requests $name" -H "$c" "$url/v1/requests?$name=FUZZ"
	done
	for path in insured payments contacts appointments requests holds; do
		fuzz "$path path" -H "$c" "$url/v1/$path/FUZZ"
	done
	for header in Guichet-Contact If-None-Match traceparent Accept User-Agent; do
		fuzz "$header" -H "$header: FUZZ" "$of"
	done
	fuzz 'Authorization' -H 'X-Other: FUZZ' "$of/rights"
	fuzz 'search text' -X POST -H "$json" -d '{"text":"FUZZ"}' \
		"$url/v1/insured/search"
	fuzz 'login user' -X POST -H "$json" \
		-d '{"user":"FUZZ","password":"x","channel":"counter"}' "$url/v1/sessions"
	fuzz 'contact key' -X POST -H "$json" -H 'Idempotency-Key: "FUZZ"' \
		-d "{\"insured_id\":\"$insured\"}" "$url/v1/contacts"
	fuzz 'contact person' -X POST -H "$json" \
		-H 'Idempotency-Key: "check-security-fuzz"' \
		-d '{"insured_id":"FUZZ"}' "$url/v1/contacts"
	[ "$failures" -eq 0 ] && [ "$requests" -gt 0 ]
	verdict wfuzz "Injections, $parameters parameters, no 5xx" \
		"$requests requests, $failures failures" $?
}

sql_held=0 sql_tried=0

# inject TARGET OPTION...: level 3; the marks are '*', or else all parameters.
inject() {
	target=$1
	shift
	sql_tried=$((sql_tried + 1))
	timeout 180 sqlmap -u "$url$target" --batch --level 3 --dbms sqlite \
		--flush-session --disable-coloring --timeout 10 --retries 1 \
		--skip=referer,host,cookie --output-dir="$dir/sqlmap" \
		--headers="Authorization: Bearer $token\nGuichet-Contact: $contact\n\
Content-Type: application/json\nIdempotency-Key: \"check-security-sqlmap\"" \
		"$@" </dev/null >"$dir/sqlmap.out" 2>&1
	if grep -q 'all tested parameters do not appear to be injectable' \
		"$dir/sqlmap.out" && ! grep -qE "is vulnerable|is .*injectable$" \
		"$dir/sqlmap.out"; then
		sql_held=$((sql_held + 1))
	else
		say "sqlmap: $target"
		grep -E 'CRITICAL|ERROR|vulnerable|injectable' "$dir/sqlmap.out" |
			tail -n 4 >&2
	fi
}

run_sqlmap() {
	inject '/v1/sessions' --method POST \
		--data '{"user":"a.lefevre*","password":"x*","channel":"counter"}' \
		--ignore-code 401,429
	inject '/v1/sessions/current'
	inject '/v1/insured/search' --method POST --data '{"text":"martin*"}'
	inject "/v1/insured/$insured*"
	inject "/v1/insured/$insured*/beneficiaries"
	inject "/v1/insured/$insured*/rights"
	inject "/v1/insured/$insured/payments?from=2025-01-01&to=2026-12-31&limit=5&kind=care"
	inject "/v1/insured/$insured*/payments?cursor=x*" --ignore-code 400
	inject "/v1/insured/$insured*/cards"
	inject "/v1/insured/$insured/requests?limit=5&cursor=x*" --ignore-code 400
	inject "/v1/payments/$payment*"
	inject "/v1/contacts/$contact*"
	inject '/v1/offices'
	inject '/v1/reasons'
	inject '/v1/slots?reason=VITALE&limit=5&postcode=38000'
	inject "/v1/appointments?insured_id=$insured&limit=5"
	inject '/v1/appointments/0000000000001*' --ignore-code 404
	inject '/v1/requests?limit=5'
	inject '/v1/requests/0000000000001*' --ignore-code 404
	inject '/v1/contacts' --method POST \
		--data '{"insured_id":"00000000000Z9*"}' --ignore-code 400,404,422
	inject '/v1/holds' --method POST --ignore-code 400,404,422 \
		--data '{"office_id":"x*","starts_at":"x*","reason":"VITALE*"}'
	[ "$sql_held" -eq "$sql_tried" ]
	verdict sqlmap "level 3, $sql_tried routes" \
		"$sql_held not injectable" $?
}

wants() {
	case " $only " in
	*" $1 "*) return 0 ;;
	*) return 1 ;;
	esac
}

need_tools
# Leaks and overflows are looked for elsewhere; here the programs are those
# that are installed.
! wants hardening || hardening
! wants unit || unit
start plain "127.0.0.1:$port"
start tls "127.0.0.1:$tls_port" --tls-cert "$top/tests/data/tls/server.pem" \
	--tls-key "$top/tests/data/tls/server.key"
! wants sslscan || run_sslscan
! wants testssl || run_testssl
! wants slowhttptest || run_slowhttptest
sign_in
! wants wfuzz || run_wfuzz
! wants sqlmap || run_sqlmap

errors=$(grep -c '"level":"error"' "$dir/plain.log")
[ "$errors" -eq 0 ]
verdict guichetd 'its own log' "$errors errors" $?
printf '\n| tool | tried | result | bar |\n| --- | --- | --- | --- |\n'
cat "$dir/table"
[ "$missed" -eq 0 ] || say "$missed bars missed"
[ "$missed" -eq 0 ]
