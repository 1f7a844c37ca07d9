/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an HTTP message ends.  Enough for our client and our server, which
 * always say the length. */
#include "proxy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* `data` ends with a zero byte. */
bool message_header(const char *data, const char *name, char *out, size_t out_size)
{
	const char *end = strstr(data, "\r\n\r\n"), *line = strstr(data, "\r\n");
	size_t size = strlen(name);

	for (; end && line && line < end; line = strstr(line + 2, "\r\n")) {
		const char *value = line + 2 + size;

		if (strncasecmp(line + 2, name, size) != 0 || *value++ != ':')
			continue;
		value += strspn(value, " ");
		snprintf(out, out_size, "%.*s", (int)strcspn(value, "\r"), value);
		return true;
	}
	return false;
}

size_t message_size(const char *data, size_t size, bool answer)
{
	const char *end = size ? strstr(data, "\r\n\r\n") : NULL;
	char length[32];
	size_t whole;

	if (!end)
		return 0;
	whole = (size_t)(end - data) + 4;
	if (answer && (strncmp(data + 8, " 204 ", 5) == 0 ||
		       strncmp(data + 8, " 304 ", 5) == 0))
		return whole;
	if (message_header(data, "Content-Length", length, sizeof(length)))
		whole += strtoul(length, NULL, 10);
	return size >= whole ? whole : 0;
}
