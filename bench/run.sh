#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `make bench` runs, in the build folder.  BENCH_INSURED=N sets the
# population (20000), BENCH_DB=FILE takes one that is ready (it is copied),
# BENCH_KEEP=FILE keeps the figures.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
insured=${BENCH_INSURED:-20000}
clock=2026-11-21T10:42:00+01:00
port=$((20000 + $$ % 20000))
dir=$(mktemp -d)
daemon='' nginx=''
figures=${BENCH_KEEP:-$dir/figures}

finish() {
	[ -z "$daemon" ] || kill "$daemon"
	[ -z "$nginx" ] || kill "$nginx"
	wait
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM
chmod 755 "$dir"

# start ADDRESS: a guichetd that answers there.
start() {
	mkfifo "$dir/ready"
	./guichetd --db "$dir/db" --listen "$1" --clock "$clock" --session-rate 0 \
		--log "$dir/log" --ready-fd 4 4>"$dir/ready" &
	daemon=$!
	read -r _ <"$dir/ready" || :
	rm "$dir/ready"
}

stop() {
	kill "$daemon"
	wait "$daemon" || :
	daemon=''
}

# A server of one page of the size of an insured person: the limit of HTTP here.
start_nginx() {
	awk 'BEGIN { for (i = 0; i < 1200; i++) printf "x" }' >"$dir/page.json"
	cat >"$dir/nginx.conf" <<-END
		daemon off;
		worker_processes 2;
		pid $dir/nginx.pid;
		error_log $dir/nginx.log;
		events { worker_connections 512; }
		http {
			access_log off;
			keepalive_requests 100000000;
			client_body_temp_path $dir/body;
			server { listen 127.0.0.1:$1; root $dir; }
		}
	END
	nginx -c "$dir/nginx.conf" -e "$dir/nginx.log" &
	nginx=$!
	until [ -s "$dir/nginx.pid" ]; do
		kill -0 "$nginx" || exit 1
	done
}

# What tig shows.
make_repository() {
	git init -q "$dir/repository"
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do
		git -C "$dir/repository" -c user.name=bench -c user.email=bench \
			commit -q --allow-empty -m "change number $i"
	done
}

LC_ALL=C.UTF-8 TERM=xterm-256color HOME=$dir
export LC_ALL TERM HOME
for peer in dialog whiptail tig nginx; do
	command -v "$peer" >/dev/null || echo "$peer is not installed: not measured"
done
if [ -n "${BENCH_DB:-}" ]; then
	cp "$BENCH_DB" "$dir/db"
else
	./guichetd seed --db "$dir/db" --insured "$insured" --seed 1 \
		--today 2026-11-21
fi
: >"$figures"

mkdir "$dir/repository"
! command -v git >/dev/null || make_repository
start "unix:$dir/socket"
./bench_terminal "unix:$dir/socket" "$dir/repository" >>"$figures"
stop

static=0
if command -v nginx >/dev/null; then
	static=$((port + 1))
	start_nginx "$static"
fi
start "127.0.0.1:$port"
./bench_server "$port" "$daemon" "$static" "$dir" >>"$figures"
stop

echo
cat "$figures"
echo
awk -f "$here/report.awk" "$figures" "$here/goals.txt"
