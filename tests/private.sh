#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A day at the desk in a real terminal (tmux), with texts that belong to people in
# all that is typed and read: afterwards none of them is in logs, drafts, temporary
# files, core files, histories, arguments, environments, titles or scroll-back.
set -u
LC_ALL=C.UTF-8
export LC_ALL
build=${top_builddir:-.}
seed=$build/e2e-seed.db
[ -x "$build/guichetd" ] && [ -r "$seed" ] && command -v tmux >/dev/null || exit 77
dir=$(mktemp -d) || exit 1
daemon=
bad=0

# Shown or typed during the day.  The last is the start of all that signs a call.
cat >"$dir.canaries" <<'TXT'
2850345234123
2 85 03 45 234 123
MARTIN
Éléonore
Louise
dupont
rue des Alpes
FR7630006000011234567890189
FR76 3000
guichet-demo
15/12/2026
Bearer
TXT

in_tmux()
{
	tmux -L "guichet-test-$$" -f "$dir/tmux.conf" "$@"
}

# shellcheck disable=SC2317 # the trap calls it
finish()
{
	in_tmux kill-server 2>/dev/null
	[ -z "$daemon" ] || kill "$daemon" 2>/dev/null
	rm -rf "$dir" "$dir.canaries"
}
trap finish EXIT

fail()
{
	echo "not ok: $1"
	bad=1
}

# Wait until the terminal shows the text, a minute at most; nothing sleeps, each
# look takes time.
see()
{
	last=$(($(date +%s) + 60))
	while ! in_tmux capture-pane -p | sed 's/ / /g' | grep -qF -- "$1"; do
		[ "$(date +%s)" -lt "$last" ] || {
			echo "never seen: $1"
			in_tmux capture-pane -p
			exit 1
		}
	done
}

# Wait for the end of the client.  tmux 3.3 may tell of it late on the pane.
ended()
{
	last=$(($(date +%s) + 60))
	until [ "$(in_tmux list-panes -F '#{pane_dead}')" = 1 ]; do
		[ "$(date +%s)" -lt "$last" ] || {
			echo "still running after $1"
			exit 1
		}
	done
}

keys()
{
	in_tmux send-keys "$@"
}

text()
{
	in_tmux send-keys -l -- "$1"
}

# clean WHAT FILE...: none of the canaries is in the files.
clean()
{
	what=$1
	shift
	if grep -aFl -f "$dir.canaries" -- "$@" >"$dir.found" 2>/dev/null; then
		fail "$what: $(grep -aohF -f "$dir.canaries" -- "$@" | sort | uniq -c)"
	else
		echo "ok: $what: 0 of $(wc -l <"$dir.canaries") texts in $# files"
	fi
	rm -f "$dir.found"
}

# What another process may see while the desk is in use.
look()
{
	client=$(in_tmux list-panes -F '#{pane_pid}')
	for pid in "$client" "$daemon"; do
		cat "/proc/$pid/cmdline" "/proc/$pid/environ" "/proc/$pid/comm"
	done >"$dir/work/seen" 2>/dev/null
	in_tmux list-panes -F '#{pane_title} #{window_name} #{pane_current_command}' \
		>>"$dir/work/seen"
	clean "$1: arguments, environments, title" "$dir/work/seen"
}

start()
{
	in_tmux respawn-pane -k -t day "cd $dir/work && exec env -i TERM=tmux-256color \
		LC_ALL=C.UTF-8 HOME=$dir/home TMPDIR=$dir/tmp PATH=$PATH \
		$build/guichet --user a.lefevre --server unix:$dir/socket \
		--clock 2026-11-21T10:42:00+01:00"
	see 'Mot de passe'
	text guichet-demo
	keys Enter
	see 'Bonjour A. Lefèvre'
}

mkdir "$dir/home" "$dir/tmp" "$dir/work"
cp "$seed" "$dir/db"
cat >"$dir/tmux.conf" <<'TXT'
set -g remain-on-exit on
set -g history-limit 5000
set -g default-terminal tmux-256color
TXT
mkfifo "$dir/ready"
"$build/guichetd" --db "$dir/db" --listen "unix:$dir/socket" --log "$dir/log" \
	--clock 2026-11-21T10:42:00+01:00 --ready-fd 3 3>"$dir/ready" 2>"$dir/err" &
daemon=$!
read -r _ <"$dir/ready" || :
in_tmux new-session -d -s day -x 80 -y 24 'true'

start
text 'martin'
keys Enter
see 'Rechercher un assuré'
see 'MARTIN'
keys F3
see 'Accueil du poste'
keys C-u
text 'FR7630006000011234567890189'
keys Enter
see '[!]'
keys C-u
text '2850345234123'
keys F8
see 'famille entière'
keys 7
see 'rue des Alpes'
keys 4
see 'Carte'
keys c
see 'MARTIN Louise'
keys Space Tab
text '15/12/2026'
see '15/12/2026'
look 'at work'
keys F12
see 'Écran discret'
look 'locked'
text 'guichet-demo'
keys Enter
see 'MARTIN Louise'
keys C-p
text 'dossier 2850345234123'
keys Enter
see 'MARTIN'
client=$(in_tmux list-panes -F '#{pane_pid}')
kill -HUP "$client"
ended HUP
in_tmux capture-pane -p -S - >"$dir/work/scroll-1"
ls "$dir"/home/.local/state/guichet/*.draft >/dev/null || fail 'no draft'

start
keys o
see '15/12/2026'
client=$(in_tmux list-panes -F '#{pane_pid}')
kill -ABRT "$client"
ended ABRT
in_tmux capture-pane -p -S - >"$dir/work/scroll-2"
find "$dir" "$dir/work" -maxdepth 1 -name '*core*' | grep . && fail 'a core file'

clean 'scroll-back' "$dir/work/scroll-1" "$dir/work/scroll-2"
clean 'log and errors of guichetd' "$dir/log" "$dir/err"
find "$dir/home" "$dir/tmp" "$dir/work" -type f >"$dir/files"
# shellcheck disable=SC2046 # no blanks in the names
clean 'drafts, histories, temporary files' $(cat "$dir/files")
exit $bad
