# SPDX-License-Identifier: GPL-3.0-or-later
# awk -f report.awk FIGURES goals.txt: each goal beside its figure and its peer.
NR == FNR {
	figure[$1] = $2
	next
}

/^#/ || NF < 5 { next }

!printed++ {
	printf "%-48s %10s %10s %7s  %-9s %s\n", "", "figure", "peer", "ratio",
		"goal", ""
}

{
	what = $5
	for (i = 6; i <= NF; i++)
		what = what " " $i
	if (!($1 in figure)) {
		printf "%-48s %10s\n", what, "not run"
		next
	}
	if ($4 != "-" && !($4 in figure)) {
		printf "%-48s %10s %10s\n", what, figure[$1], "no peer"
		next
	}
	peer = $4 == "-" ? "" : figure[$4]
	ratio = peer == "" ? figure[$1] : peer > 0 ? figure[$1] / peer : 0
	held = $2 == "<=" ? ratio <= $3 : ratio >= $3
	printf "%-48s %10s %10s %7s  %-9s %s\n", what, figure[$1], peer,
		peer == "" ? "" : sprintf("%.2f", ratio), $2 " " $3,
		held ? "held" : "MISSED"
}
