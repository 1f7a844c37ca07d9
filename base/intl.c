/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the .mo format of GNU gettext (manual, "The Format of GNU MO Files"):
 * two sorted tables of length and offset.  Everything is checked once when the
 * file is read, so that looking up needs no care. */
#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MO_MAGIC 0x950412DEu
#define FILE_MAX (4u << 20)             /* bytes */

struct catalogue {
	struct catalogue *next;         /* those loaded before */
	unsigned char *data;
	size_t size;
	bool swapped;                   /* made on a machine of other order */
	uint32_t count, messages, translations;
	bool many_above_one;            /* "n > 1"; else "n != 1" */
};

/* File scope: a message is asked for anywhere, with no context at hand.  Set
 * before any thread starts. */
static struct catalogue *current, *loaded;

static uint32_t word_at(const struct catalogue *c, size_t offset)
{
	const unsigned char *b = c->data + offset;

	if (c->swapped)
		return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 |
			(uint32_t)b[2] << 8 | b[3];
	return (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 |
		(uint32_t)b[1] << 8 | b[0];
}

static const char *text_at(const struct catalogue *c, uint32_t table,
			   uint32_t index)
{
	return (const char *)c->data + word_at(c, table + 8 * (size_t)index + 4);
}

static uint32_t size_at(const struct catalogue *c, uint32_t table,
			uint32_t index)
{
	return word_at(c, table + 8 * (size_t)index);
}

/* Return the row of `message`, or -1. */
static int64_t find(const struct catalogue *c, const char *message)
{
	uint32_t low = 0, high = c->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(message, text_at(c, c->messages, middle));

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

const char *intl_text(const char *message)
{
	const char *text;
	int64_t row;

	/* The empty message is the header of the catalogue. */
	if (!current || message[0] == '\0')
		return message;
	row = find(current, message);
	if (row < 0)
		return message;
	text = text_at(current, current->translations, (uint32_t)row);
	return text[0] ? text : message;
}

const char *intl_plural(const char *one, const char *many, unsigned long n)
{
	int64_t row = current ? find(current, one) : -1;
	const char *text;
	size_t size;

	if (row < 0)
		return n > 1 ? many : one;
	text = text_at(current, current->translations, (uint32_t)row);
	size = size_at(current, current->translations, (uint32_t)row);
	if (current->many_above_one ? n <= 1 : n == 1)
		return text[0] ? text : one;
	/* The second form follows the zero of the first, when there is one. */
	if (strlen(text) >= size || text[strlen(text) + 1] == '\0')
		return many;
	return text + strlen(text) + 1;
}

static bool table_fits(const struct catalogue *c, uint32_t table)
{
	if (table > c->size || c->count > (c->size - table) / 8)
		return false;
	for (uint32_t i = 0; i < c->count; i++) {
		uint64_t size = size_at(c, table, i);
		uint64_t end = word_at(c, table + 8 * (size_t)i + 4) + size;

		if (end >= c->size || c->data[end] != '\0')
			return false;
	}
	return true;
}

static bool is_sorted(const struct catalogue *c)
{
	for (uint32_t i = 1; i < c->count; i++) {
		if (strcmp(text_at(c, c->messages, i - 1),
			   text_at(c, c->messages, i)) >= 0)
			return false;
	}
	return true;
}

/* Of "Plural-Forms: nplurals=2; plural=(n != 1);" keep what tells the rule. */
static bool read_plural_rule(struct catalogue *c)
{
	int64_t row = find(c, "");
	const char *at;
	char rule[16];
	size_t size = 0;

	if (row < 0)
		return true;
	at = strstr(text_at(c, c->translations, (uint32_t)row),
		    "Plural-Forms:");
	if (!at)
		return true;
	at = strstr(at, "nplurals=2;");
	if (!at)
		return false;
	at = strstr(at, " plural=");
	if (!at)
		return false;
	for (at += strlen(" plural="); *at && *at != ';'; at++) {
		if (strchr(" ()", *at))
			continue;
		if (size + 1 == sizeof(rule))
			return false;
		rule[size++] = *at;
	}
	rule[size] = '\0';
	c->many_above_one = strcmp(rule, "n>1") == 0;
	return c->many_above_one || strcmp(rule, "n!=1") == 0;
}

static bool check(struct catalogue *c)
{
	uint32_t magic;

	if (c->size < 28)
		return false;
	magic = word_at(c, 0);
	c->swapped = magic == 0xDE120495u;
	if (magic != MO_MAGIC && !c->swapped)
		return false;
	if (word_at(c, 4) >> 16 != 0)   /* major revision */
		return false;
	c->count = word_at(c, 8);
	c->messages = word_at(c, 12);
	c->translations = word_at(c, 16);
	return table_fits(c, c->messages) && table_fits(c, c->translations) &&
		is_sorted(c) && read_plural_rule(c);
}

static bool is_lang(const char *lang)
{
	static const char known[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ_";

	return lang[0] && strlen(lang) <= 8 && strspn(lang, known) == strlen(lang);
}

static bool read_file(struct catalogue *c, const char *path, const char *lang,
		      struct err *err)
{
	FILE *file = fopen(path, "rb");
	bool ok = false;

	if (!file)
		return err_set(err, ERR_NOT_FOUND,
			       _("langue « %s » non installée"), lang);
	c->data = mem_new(FILE_MAX + 1, 1);
	c->size = fread(c->data, 1, FILE_MAX + 1, file);
	if (ferror(file) || c->size > FILE_MAX) {
		err_set(err, ERR_INVALID, _("langue « %s » illisible"), lang);
		goto out;
	}
	ok = true;
out:
	fclose(file);
	return ok;
}

bool intl_load(const char *directory, const char *lang, struct err *err)
{
	struct catalogue *c;
	char path[4096];

	if (strcmp(lang, "fr") == 0) {
		current = NULL;
		return true;
	}
	if (!is_lang(lang) || (size_t)snprintf(path, sizeof(path), "%s/%s.mo",
					       directory, lang) >= sizeof(path))
		return err_set(err, ERR_INVALID, _("langue « %s » inconnue"), lang);
	c = mem_new(1, sizeof(*c));
	if (!read_file(c, path, lang, err))
		goto refused;
	if (!check(c)) {
		err_set(err, ERR_INVALID, _("langue « %s » illisible"), lang);
		goto refused;
	}
	c->data = mem_grow(c->data, c->size, 1);
	c->next = loaded;
	loaded = current = c;
	return true;
refused:
	free(c->data);
	free(c);
	return false;
}
