/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys as xterm sends them with the keypad in application mode, which is how
 * ncurses sets it.  Control keys go as raw bytes: libvterm 0.1.4 would send
 * CSI 105;5u for Ctrl-I. */
#include "run.h"

#include <string.h>

static const struct key {
	const char *name, *bytes;
} keys[] = {
	{ "Enter", "\r" },
	{ "Esc", "\033" },
	{ "Tab", "\t" },
	{ "S-Tab", "\033[Z" },
	{ "Space", " " },
	{ "BS", "\177" },
	{ "Del", "\033[3~" },
	{ "Ins", "\033[2~" },
	{ "Up", "\033OA" },
	{ "Down", "\033OB" },
	{ "Right", "\033OC" },
	{ "Left", "\033OD" },
	{ "Home", "\033OH" },
	{ "End", "\033OF" },
	{ "PgUp", "\033[5~" },
	{ "PgDn", "\033[6~" },
	{ "C-Right", "\033[1;5C" },
	{ "C-Left", "\033[1;5D" },
	{ "F1", "\033OP" },
	{ "F2", "\033OQ" },
	{ "F3", "\033OR" },
	{ "F4", "\033OS" },
	{ "F5", "\033[15~" },
	{ "F6", "\033[17~" },
	{ "F7", "\033[18~" },
	{ "F8", "\033[19~" },
	{ "F9", "\033[20~" },
	{ "F10", "\033[21~" },
	{ "F11", "\033[23~" },
	{ "F12", "\033[24~" },
	{ 0 },
};

static bool add(char *out, size_t size, const char *bytes)
{
	size_t used = strlen(out);

	if (used + strlen(bytes) >= size)
		return false;
	snprintf(out + used, size - used, "%s", bytes);
	return true;
}

/* One character, whatever its length in UTF-8. */
static bool one_character(const char *name)
{
	size_t starts = 0;

	for (const char *p = name; *p; p++)
		starts += ((unsigned char)*p & 0xC0) != 0x80;
	return starts == 1;
}

bool key_bytes(const char *name, char *out, size_t size)
{
	for (const struct key *key = keys; key->name; key++) {
		if (!strcmp(key->name, name))
			return add(out, size, key->bytes);
	}
	/* Control and a letter; meta: escape, then another key. */
	if (!strncmp(name, "C-", 2) && name[2] && !name[3])
		return add(out, size, (char[]){ (char)(name[2] & 0x1F), 0 });
	if (!strncmp(name, "M-", 2) && name[2])
		return add(out, size, "\033") && key_bytes(name + 2, out, size);
	return one_character(name) && add(out, size, name);
}
