/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Remove the quotes of the field at `at`; give what follows it, or NULL. */
static char *unquote(char *at, char separator)
{
	char *out = at;

	for (char *from = at + 1; *from; from++) {
		if (*from == '"' && from[1] != '"') {
			from++;
			if (*from != separator && *from != '\0')
				return NULL;
			*out = '\0';
			return from;
		}
		from += *from == '"';
		*out++ = *from;
	}
	return NULL;
}

static char *plain(char *at, char separator)
{
	const char stops[] = { separator, '"', '\0' };

	at += strcspn(at, stops);
	return *at == '"' ? NULL : at;
}

int csv_split(char *line, char separator, char **fields, int most)
{
	for (int count = 0; count < most;) {
		char *end = *line == '"' ? unquote(line, separator) :
			plain(line, separator);
		bool last;

		if (!end)
			return -1;
		last = *end == '\0';
		*end = '\0';
		fields[count++] = line;
		if (last)
			return count;
		line = end + 1;
	}
	return -1;
}
