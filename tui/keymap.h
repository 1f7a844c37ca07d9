/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which key does which action, in which section.  Read from a text:
 *
 *	[section]  or  [section : section whose keys are valid here too]
 *	KEY  action          # "none" takes a key away
 *
 * A line that cannot be read is told with its file and line; the others load.
 * Later texts change the earlier ones, key by key. */
#ifndef GUICHET_TUI_KEYMAP_H
#define GUICHET_TUI_KEYMAP_H

#include <guichet/base/rows.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define ACTION_NAME 32

struct binding {
	uint32_t key;
	char action[ACTION_NAME];
	int line;                       /* of the text it came from */
};

struct section {
	char name[ACTION_NAME], parent[ACTION_NAME];
	struct rows bindings;           /* of struct binding */
	int line;
};

struct keymap {
	struct rows sections;           /* of struct section */
};

/* Told of each line refused: its number and why, in French. */
struct keymap_errors {
	void (*tell)(void *user, const char *file, int line, const char *why);
	void *user;
};

void keymap_init(struct keymap *map);
void keymap_fini(struct keymap *map);

/* Read `text` (named `file` in errors) over what is there. */
void keymap_read(struct keymap *map, const char *text, const char *file,
		 const struct keymap_errors *errors);

/* Read a file of at most 64 KiB; false with the reason told when it cannot be
 * opened. */
bool keymap_read_file(struct keymap *map, const char *path,
		      const struct keymap_errors *errors);

/* Give `quit` and `privacy` a key in [global] that no text is made of when they
 * have none, and let no other section hide it. */
void keymap_keep_doors(struct keymap *map, const char *file,
		       const struct keymap_errors *errors);

/* Find the action of `key` in a section, without then with its parents.  NULL
 * when the key is not there; "none" is found as "none". */
const char *keymap_find(const struct keymap *map, const char *section,
			uint32_t key, bool parents);

/* Find the first key of `action` in a section and its parents, 0 for none. */
uint32_t keymap_key_of(const struct keymap *map, const char *section,
		       const char *action);

struct section *keymap_section(const struct keymap *map, const char *name);

#endif
