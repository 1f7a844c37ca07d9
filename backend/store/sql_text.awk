# SPDX-License-Identifier: GPL-3.0-or-later
# Make a C table of the migrations from sql/NNN-*.sql: one string a line.
BEGIN {
	print "/* Made by sql_text.awk from sql/NNN-*.sql. */"
	print "#include \"store/migrate.h\"\n"
	print "const struct migration migrations[] = {"
}
FNR == 1 {
	if (NR > 1)
		print "\t},"
	name = FILENAME
	sub(/.*\//, "", name)
	printf "\t{ %d,\n", substr(name, 1, 3) + 0
}
{
	sub(/[ \t]*-- .*/, "")
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	gsub(/\t/, " ")
	if ($0 != "")
		printf "\t  \"%s\\n\"\n", $0
}
END {
	print "\t},\n\t{ 0, 0 },\n};"
}
