/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keymap.h"

#include "key.h"

#include <guichet/base/intl.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define KEYMAP_MAX (64 * 1024)          /* bytes of a keymap file */
#define PARENTS_MAX 8                   /* a loop of parents ends */

struct reader {
	struct keymap *map;
	const char *file;
	int line;
	const struct keymap_errors *errors;
	char section[ACTION_NAME];
};

void keymap_init(struct keymap *map)
{
	rows_init(&map->sections, sizeof(struct section));
}

void keymap_fini(struct keymap *map)
{
	for (size_t i = 0; i < map->sections.count; i++) {
		struct section *section = rows_at(&map->sections, i);

		rows_fini(&section->bindings);
	}
	rows_fini(&map->sections);
}

struct section *keymap_section(const struct keymap *map, const char *name)
{
	for (size_t i = 0; i < map->sections.count; i++) {
		struct section *section = rows_at(&map->sections, i);

		if (!strcmp(section->name, name))
			return section;
	}
	return NULL;
}

static struct binding *find_binding(const struct section *section, uint32_t key)
{
	for (size_t i = 0; i < section->bindings.count; i++) {
		struct binding *binding = rows_at(&section->bindings, i);

		if (binding->key == key)
			return binding;
	}
	return NULL;
}

const char *keymap_find(const struct keymap *map, const char *name,
			uint32_t key, bool parents)
{
	for (int depth = 0; depth < PARENTS_MAX && *name; depth++) {
		const struct section *section = keymap_section(map, name);
		const struct binding *binding;

		if (!section)
			return NULL;
		binding = find_binding(section, key);
		if (binding)
			return binding->action;
		if (!parents)
			return NULL;
		name = section->parent;
	}
	return NULL;
}

uint32_t keymap_key_of(const struct keymap *map, const char *name,
		       const char *action)
{
	for (int depth = 0; depth < PARENTS_MAX && *name; depth++) {
		const struct section *section = keymap_section(map, name);

		if (!section)
			return 0;
		for (size_t i = 0; i < section->bindings.count; i++) {
			const struct binding *b = rows_at(&section->bindings, i);

			if (!strcmp(b->action, action))
				return b->key;
		}
		name = section->parent;
	}
	return 0;
}

static void refuse(const struct reader *reader, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void refuse(const struct reader *reader, const char *fmt, ...)
{
	char why[300];
	va_list args;

	va_start(args, fmt);
	vsnprintf(why, sizeof(why), fmt, args);
	va_end(args);
	if (reader->errors && reader->errors->tell)
		reader->errors->tell(reader->errors->user, reader->file,
				     reader->line, why);
}

static bool is_name(const char *word)
{
	size_t size = strlen(word);

	return size && size < ACTION_NAME &&
	       strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-") == size;
}

static struct section *make_section(struct keymap *map, const char *name,
				    int line)
{
	struct section *section = keymap_section(map, name);

	if (section)
		return section;
	section = rows_add(&map->sections);
	snprintf(section->name, sizeof(section->name), "%s", name);
	rows_init(&section->bindings, sizeof(struct binding));
	section->line = line;
	return section;
}

static void read_header(struct reader *reader, char *line)
{
	char *end = strchr(line, ']'), *colon, *parent = NULL;
	struct section *section;

	reader->section[0] = '\0';
	if (!end || strspn(end + 1, " \t") != strlen(end + 1)) {
		refuse(reader, _("section mal fermée : « %s »"), line);
		return;
	}
	*end = '\0';
	line++;
	colon = strchr(line, ':');
	if (colon) {
		*colon = '\0';
		parent = colon + 1;
		text_trim(parent);
	}
	text_trim(line);
	if (!is_name(line) || (parent && !is_name(parent))) {
		refuse(reader, _("nom de section refusé : « %s »"),
		       parent && is_name(line) ? parent : line);
		return;
	}
	snprintf(reader->section, sizeof(reader->section), "%s", line);
	section = make_section(reader->map, line, reader->line);
	if (parent)
		snprintf(section->parent, sizeof(section->parent), "%s", parent);
}

static void bind(struct reader *reader, uint32_t key, const char *action)
{
	struct section *section = keymap_section(reader->map, reader->section);
	struct binding *binding = find_binding(section, key);

	if (!binding)
		binding = rows_add(&section->bindings);
	binding->key = key;
	binding->line = reader->line;
	snprintf(binding->action, sizeof(binding->action), "%s", action);
}

static void read_binding(struct reader *reader, char *line)
{
	size_t size = strcspn(line, " \t");
	char *action = line + size;
	uint32_t key;

	if (!*action) {
		refuse(reader, _("il manque une action après « %s »"), line);
		return;
	}
	*action++ = '\0';
	text_trim(action);
	key = key_from_name(line);
	if (!key)
		refuse(reader, _("touche inconnue : « %s »"), line);
	else if (!is_name(action))
		refuse(reader, _("nom d'action refusé : « %s »"), action);
	else if (!reader->section[0])
		refuse(reader, _("« %s » est avant toute section"), line);
	else
		bind(reader, key, action);
}

/* "#" starts a comment at the start of a line or behind a blank. */
static void drop_comment(char *line)
{
	for (char *at = line; *at; at++)
		if (*at == '#' && (at == line || at[-1] == ' ' ||
				   at[-1] == '\t')) {
			*at = '\0';
			return;
		}
}

static void read_line(struct reader *reader, char *line)
{
	drop_comment(line);
	text_trim(line);
	if (!*line)
		return;
	if (line[0] == '[' && line[1] && line[1] != ' ' && line[1] != '\t')
		read_header(reader, line);
	else
		read_binding(reader, line);
}

void keymap_read(struct keymap *map, const char *text, const char *file,
		 const struct keymap_errors *errors)
{
	struct reader reader = { .map = map, .file = file, .errors = errors };

	while (*text) {
		size_t size = strcspn(text, "\n");
		char line[256];

		reader.line++;
		if (size < sizeof(line)) {
			memcpy(line, text, size);
			line[size] = '\0';
			line[strcspn(line, "\r")] = '\0';
			read_line(&reader, line);
		} else {
			refuse(&reader, "%s", _("ligne trop longue"));
		}
		text += size + (text[size] == '\n');
	}
}

bool keymap_read_file(struct keymap *map, const char *path,
		      const struct keymap_errors *errors)
{
	struct reader reader = { .map = map, .file = path, .errors = errors };
	FILE *file = fopen(path, "r");
	char *text;
	size_t size;

	if (!file) {
		refuse(&reader, "%s", _("fichier illisible"));
		return false;
	}
	text = mem_new(KEYMAP_MAX + 1, 1);
	size = fread(text, 1, KEYMAP_MAX, file);
	text[size] = '\0';
	fclose(file);
	keymap_read(map, text, path, errors);
	free(text);
	return true;
}

/* The first key that acts even while a field is typed in; 0 for none. */
static uint32_t door_key(const struct section *global, const char *door)
{
	for (size_t i = 0; i < global->bindings.count; i++) {
		const struct binding *b = rows_at(&global->bindings, i);

		if (!key_is_text(b->key) && !strcmp(b->action, door))
			return b->key;
	}
	return 0;
}

/* No other section may give the key of a door to something else. */
static void uncover(const struct reader *reader, uint32_t key, const char *door)
{
	for (size_t i = 0; i < reader->map->sections.count; i++) {
		struct section *section = rows_at(&reader->map->sections, i);
		struct binding *binding = find_binding(section, key);

		if (!binding || !strcmp(binding->action, door))
			continue;
		refuse(reader, _("« %s » doit garder une touche"), door);
		snprintf(binding->action, sizeof(binding->action), "%s", door);
	}
}

void keymap_keep_doors(struct keymap *map, const char *file,
		       const struct keymap_errors *errors)
{
	static const struct { const char *action, *key; } doors[] = {
		{ "quit", "^Q" }, { "privacy", "F12" },
	};
	struct reader reader = { .map = map, .file = file, .errors = errors,
		.section = "global" };
	const size_t count = sizeof(doors) / sizeof(*doors);
	const struct section *global = make_section(map, "global", 0);

	/* Twice: the key given to one door may be taken from the other. */
	for (size_t i = 0; i < 2 * count; i++) {
		const char *door = doors[i % count].action;

		if (door_key(global, door))
			continue;
		refuse(&reader, _("« %s » doit garder une touche"), door);
		bind(&reader, key_from_name(doors[i % count].key), door);
	}
	for (size_t i = 0; i < count; i++)
		uncover(&reader, door_key(global, doors[i].action),
			doors[i].action);
}
