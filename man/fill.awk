# SPDX-License-Identifier: GPL-3.0-or-later
# Put the version and what a program prints of its tables into a manual page.
/^@(OPTIONS|KEYS)@$/ {
	while ((table | getline line) > 0)
		print line
	if (close(table) != 0)
		exit 1
	next
}
{
	gsub(/@VERSION@/, version)
	gsub(/@SYSCONFDIR@/, sysconfdir)
	gsub(/@DATE@/, "2026-11-22")
	print
}
