/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A keymap file as anybody may write it: whatever it says, the doors stay open.
 * From every section the agent can leave, and can blank the screen. */
#include "fuzz.h"

#include <guichet/base/text.h>
#include <guichet/tui/run.h>
#include "tui/key.h"
#include "tui/keymap.h"

#include <stdlib.h>
#include <string.h>

static void hold(bool holds)
{
	if (!holds)
		abort();
}

static void told(void *user, const char *file, int line, const char *why)
{
	int *count = user;

	hold(*file && line >= 0 && *why);
	++*count;
}

/* The section of a screen first, the global one last. */
static const char *action_of(const struct keymap *map, const char *section,
			     uint32_t key)
{
	const char *action = keymap_find(map, section, key, true);

	return action ? action : keymap_find(map, "global", key, false);
}

static bool reaches(const struct keymap *map, const char *section,
		    const char *door)
{
	const struct section *global = keymap_section(map, "global");

	for (size_t i = 0; i < global->bindings.count; i++) {
		const struct binding *b = rows_at(&global->bindings, i);

		if (!key_is_text(b->key) &&
		    strcmp(action_of(map, section, b->key), door) == 0)
			return true;
	}
	return false;
}

static void hold_names(const struct section *section)
{
	for (size_t i = 0; i < section->bindings.count; i++) {
		const struct binding *b = rows_at(&section->bindings, i);
		char name[KEY_NAME], label[KEY_NAME];

		hold(b->key != 0 && *b->action);
		key_to_name(b->key, name);
		hold(key_from_name(name) == b->key);
		key_to_label(b->key, label);
		hold(*label);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	int count = 0;
	const struct keymap_errors errors = { told, &count };
	struct keymap map;

	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	keymap_init(&map);
	keymap_read(&map, ui_default_keys, "default.keys", &errors);
	hold(count == 0);
	keymap_read(&map, text, "keys", &errors);
	keymap_keep_doors(&map, "keys", &errors);
	for (size_t i = 0; i < map.sections.count; i++) {
		const struct section *section = rows_at(&map.sections, i);

		hold_names(section);
		hold(reaches(&map, section->name, "quit"));
		hold(reaches(&map, section->name, "privacy"));
	}
	keymap_fini(&map);
	free(text);
	return 0;
}
