/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives each file of tests/fuzz/NAME to the target, where the program is called
 * fuzz_NAME. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX (1u << 20)             /* bytes */

static int replay(const char *folder, const char *name)
{
	static uint8_t data[FILE_MAX];
	char path[4096];
	FILE *file;
	size_t size;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "rb");
	if (!file) {
		perror(path);
		return 1;
	}
	printf("%s\n", path);
	fflush(stdout);
	size = fread(data, 1, sizeof(data), file);
	fclose(file);
	return LLVMFuzzerTestOneInput(data, size);
}

int main(int argc, char **argv)
{
	const char *top = getenv("top_srcdir"), *name;
	char folder[2048];
	struct dirent *entry;
	int count = 0, failed = 0;
	DIR *dir;

	name = argc > 0 ? strrchr(argv[0], '/') : NULL;
	name = name ? name + 1 : argv[0];
	if (!name || strncmp(name, "fuzz_", strlen("fuzz_")) != 0)
		return EXIT_FAILURE;
	snprintf(folder, sizeof(folder), "%s/tests/fuzz/%s", top ? top : ".",
		 name + strlen("fuzz_"));
	dir = opendir(folder);
	if (!dir) {
		perror(folder);
		return EXIT_FAILURE;
	}
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		failed |= replay(folder, entry->d_name);
		count++;
	}
	closedir(dir);
	return failed || count == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
