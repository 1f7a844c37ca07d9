/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A configuration file as anybody may write it: it is refused with its line, or
 * understood; what was understood, printed and read again is the same. */
#include "fuzz.h"

#include "screens/config.h"
#include <guichet/base/text.h>

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define ROWS_MOST 64

static void hold(bool holds)
{
	if (!holds)
		abort();
}

static bool read_bytes(const void *bytes, size_t size, struct config *config,
		       struct option_state *states, struct err *err)
{
	int fd = memfd_create("config", MFD_CLOEXEC);
	char path[40];
	bool ok;

	hold(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	option_defaults(config_options, config, states);
	ok = option_read_file(config_options, config, states, path, err);
	close(fd);
	return ok;
}

static char *print(const struct config *config, const struct option_state *states)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	hold(out);
	option_print_config(config_options, config, states, out);
	fclose(out);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct config config, again;
	static const struct option_state anywhere[ROWS_MOST];
	struct option_state states[ROWS_MOST], more[ROWS_MOST];
	struct err err = { 0 };
	char *printed, *first, *second;

	memset(&config, 0, sizeof(config));
	memset(&again, 0, sizeof(again));
	hold(config_count() <= ROWS_MOST);
	if (!read_bytes(data, size, &config, states, &err)) {
		hold(*err.text && text_is_clean(err.text, TEXT_ONE_LINE));
		return 0;
	}
	printed = print(&config, states);
	hold(text_is_clean(printed, TEXT_MANY_LINES));
	hold(read_bytes(printed, strlen(printed), &again, more, &err));
	first = print(&config, anywhere);
	second = print(&again, anywhere);
	hold(strcmp(first, second) == 0);
	free(printed);
	free(first);
	free(second);
	return 0;
}
