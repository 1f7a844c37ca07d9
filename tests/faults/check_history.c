/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check-history FILE...: judge histories offline.  Status 0 when every promise
 * was kept in each, 1 when one was not. */
#include "judge.h"

#include <stdbool.h>
#include <string.h>

static bool check(const char *path)
{
	struct verdict v;
	FILE *file = fopen(path, "r");
	const char *name = strrchr(path, '/');
	bool kept;

	if (!file) {
		perror(path);
		return false;
	}
	judge(file, stdout, &v);
	fclose(file);
	kept = !(v.lost + v.twice + v.outside + v.malformed);
	printf("%s: %s: %ld lines, %ld keys (%ld acknowledged, %ld refused, "
	       "%ld unresolved), %ld sent again, %ld reads, %ld things; "
	       "I1 lost %ld, I2 twice %ld, I3 outside %ld, malformed %ld\n",
	       name ? name + 1 : path, kept ? "kept" : "BROKEN", v.lines, v.keys,
	       v.acknowledged, v.refused, v.unresolved, v.replayed, v.reads,
	       v.things, v.lost, v.twice, v.outside, v.malformed);
	return kept;
}

int main(int argc, char **argv)
{
	bool kept = true;

	if (argc < 2) {
		fprintf(stderr, "usage: check-history FILE...\n");
		return 64;
	}
	for (int i = 1; i < argc; i++)
		kept = check(argv[i]) && kept;
	return kept ? 0 : 1;
}
