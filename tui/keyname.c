/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "key.h"

#include <guichet/base/intl.h>
#include <guichet/base/text.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct named {
	uint32_t key;
	const char *name, *label;
};

/* The first name of a key is the one written back. */
static const struct named names[] = {
	{ UI_KEY_ENTER, "Enter", N_("Entrée") },
	{ UI_KEY_TAB, "Tab", N_("Tab") },
	{ UI_KEY_BACK_TAB, "S-Tab", N_("Maj-Tab") },
	{ UI_KEY_ESC, "Esc", N_("Échap") },
	{ UI_KEY_SPACE, "Space", N_("Espace") },
	{ UI_KEY_BACKSPACE, "Backspace", N_("Retour arrière") },
	{ UI_KEY_DELETE, "Delete", N_("Suppr") },
	{ UI_KEY_INSERT, "Insert", N_("Inser") },
	{ UI_KEY_UP, "Up", N_("Haut") },
	{ UI_KEY_DOWN, "Down", N_("Bas") },
	{ UI_KEY_LEFT, "Left", N_("Gauche") },
	{ UI_KEY_RIGHT, "Right", N_("Droite") },
	{ UI_KEY_HOME, "Home", N_("Début") },
	{ UI_KEY_END, "End", N_("Fin") },
	{ UI_KEY_PAGE_UP, "PgUp", N_("Page préc.") },
	{ UI_KEY_PAGE_DOWN, "PgDn", N_("Page suiv.") },
	{ UI_KEY_WORD_LEFT, "C-Left", N_("Ctrl-Gauche") },
	{ UI_KEY_WORD_RIGHT, "C-Right", N_("Ctrl-Droite") },
	{ UI_KEY_CTRL_UP, "C-Up", N_("Ctrl-Haut") },
	{ UI_KEY_CTRL_DOWN, "C-Down", N_("Ctrl-Bas") },
	{ UI_KEY_ENTER, "Return", NULL },
	{ UI_KEY_BACK_TAB, "BackTab", NULL },
	{ UI_KEY_PAGE_UP, "PageUp", NULL },
	{ UI_KEY_PAGE_DOWN, "PageDown", NULL },
	{ UI_KEY_DELETE, "Del", NULL },
	{ 0, NULL, NULL },
};

static uint32_t one_char(const char *name)
{
	const char *at = name, *end = name + strlen(name);
	uint32_t c;

	if (!*name)
		return 0;
	c = text_next(&at, end);
	return at == end && c != TEXT_REPLACEMENT && c > ' ' ? c : 0;
}

static uint32_t control(const char *letter)
{
	int c = letter[0] >= 'a' && letter[0] <= 'z' ? letter[0] - 32
						     : letter[0];

	if (c < '@' || c > '_' || letter[1])
		return 0;
	if (c == 'H')
		return UI_KEY_BACKSPACE;
	return (uint32_t)c - '@';
}

uint32_t key_from_name(const char *name)
{
	int number, used = 0;

	for (const struct named *n = names; n->name; n++)
		if (!strcasecmp(n->name, name))
			return n->key;
	if (sscanf(name, "F%2d%n", &number, &used) == 1 && !name[used] &&
	    number >= 1 && number <= 24)
		return UI_KEY_F0 + (uint32_t)number;
	if (name[0] == '^' && name[1])
		return control(name + 1);
	if (!strncasecmp(name, "C-", 2) && name[2])
		return control(name + 2);
	if (!strncmp(name, "M-", 2) && one_char(name + 2))
		return UI_KEY_ALT_BIT | one_char(name + 2);
	return one_char(name);
}

static const struct named *find(uint32_t key)
{
	for (const struct named *n = names; n->name; n++)
		if (n->key == key)
			return n;
	return NULL;
}

static void put_char(uint32_t c, const char *before, char out[KEY_NAME])
{
	char bytes[5] = "";

	text_put(bytes, c);
	snprintf(out, KEY_NAME, "%s%s", before, bytes);
}

static void write_name(uint32_t key, bool label, char out[KEY_NAME])
{
	const struct named *named = find(key);

	if (named)
		snprintf(out, KEY_NAME, "%s",
			 label ? _(named->label) : named->name);
	else if (key > UI_KEY_F0)
		snprintf(out, KEY_NAME, "F%u", (unsigned)(key - UI_KEY_F0));
	else if (key & UI_KEY_ALT_BIT)
		put_char(key & ~(uint32_t)UI_KEY_ALT_BIT,
			 label ? "Alt-" : "M-", out);
	else if (key < ' ')
		put_char(key + '@', label ? "Ctrl-" : "^", out);
	else
		put_char(key, "", out);
}

void key_to_name(uint32_t key, char out[KEY_NAME])
{
	write_name(key, false, out);
}

void key_to_label(uint32_t key, char out[KEY_NAME])
{
	write_name(key, true, out);
}

bool key_is_text(uint32_t key)
{
	return key >= ' ' && key != 127 && key < UI_KEY_ALT_BIT;
}
