/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A French phonetic key, in the spirit of Soundex 2 and Phonex, without limit of
 * length.  Nasal vowels are written 1 (an), 2 (in), 3 (on); W is "ou" and X is
 * "ch".  What the key confuses, the ranking of the search tells apart. */
#include <guichet/base/fold.h>

#include <string.h>

#define GLUED_SIZE 256
#define KEPT_MIN 2                      /* letters that a key keeps at least */

enum where {
	ANYWHERE,
	AT_END,
	BEFORE_EIY,                     /* where c and g are soft */
	BEFORE_AOU,
	BEFORE_L_OR_R,
	NASAL,                          /* no vowel follows */
};

/* The first row that fits is taken: longer ones come before their start. */
static const struct rule {
	const char *from, *to;
	enum where where;
} rules[] = {
	{ "EAULT", "O", AT_END },
	{ "EAULD", "O", AT_END },
	{ "AULT", "O", AT_END },
	{ "AULD", "O", AT_END },
	{ "EBUR", "EVR", ANYWHERE },    /* Lefebure is Lefebvre, u written for v */
	{ "EBVR", "EVR", ANYWHERE },
	{ "OEU", "EU", ANYWHERE },
	{ "EAU", "O", ANYWHERE },
	{ "EAN", "1", NASAL },          /* Jean */
	{ "IEN", "I2", NASAL },
	{ "AIN", "2", NASAL },
	{ "AIM", "2", NASAL },
	{ "EIN", "2", NASAL },
	{ "SCH", "X", ANYWHERE },
	{ "UEL", "UL", ANYWHERE },      /* Mueller is Müller */
	{ "AN", "1", NASAL },
	{ "AM", "1", NASAL },
	{ "EN", "1", NASAL },
	{ "EM", "1", NASAL },
	{ "IN", "2", NASAL },
	{ "IM", "2", NASAL },
	{ "YN", "2", NASAL },
	{ "YM", "2", NASAL },
	{ "UN", "2", NASAL },
	{ "UM", "2", NASAL },
	{ "ON", "3", NASAL },
	{ "OM", "3", NASAL },
	{ "ER", "E", AT_END },
	{ "AU", "O", ANYWHERE },
	{ "OU", "W", ANYWHERE },
	{ "OE", "O", ANYWHERE },
	{ "AE", "E", ANYWHERE },
	{ "AI", "E", ANYWHERE },
	{ "AY", "E", ANYWHERE },
	{ "EI", "E", ANYWHERE },
	{ "EY", "E", ANYWHERE },
	{ "CH", "K", BEFORE_L_OR_R },
	{ "CH", "X", ANYWHERE },
	{ "SH", "X", ANYWHERE },
	{ "PH", "F", ANYWHERE },
	{ "GN", "N", ANYWHERE },
	{ "GU", "G", BEFORE_EIY },
	{ "GE", "J", BEFORE_AOU },
	{ "G", "J", BEFORE_EIY },
	{ "QU", "K", ANYWHERE },
	{ "Q", "K", ANYWHERE },
	{ "CK", "K", ANYWHERE },
	{ "SC", "S", BEFORE_EIY },
	{ "C", "S", BEFORE_EIY },
	{ "C", "K", ANYWHERE },
	{ "X", "S", AT_END },           /* silent, as s is */
	{ "X", "KS", ANYWHERE },
	{ "H", "", ANYWHERE },
	{ "W", "V", ANYWHERE },
	{ "Y", "I", ANYWHERE },
	{ "Z", "S", ANYWHERE },
	{ 0 }
};

/* Letters once where they come twice, digits left out. */
static void squeeze(char *text)
{
	char *out = text, last = '\0';

	for (; *text; text++) {
		if (*text == last || *text < 'A' || *text > 'Z')
			continue;
		*out++ = last = *text;
	}
	*out = '\0';
}

/* Leave out the endings that are not heard: -d, -t, -s, then -e. */
static size_t drop_silent_end(const char *key, size_t size)
{
	while (size > KEPT_MIN && strchr("DTS", key[size - 1]))
		size--;
	if (size > KEPT_MIN && key[size - 1] == 'E')
		size--;
	return size;
}

static bool follows(enum where where, const char *rest)
{
	char next = rest[0];

	switch (where) {
	case ANYWHERE:
		return true;
	case AT_END:
		return next == '\0';
	case BEFORE_EIY:
		return next && strchr("EIY", next);
	case BEFORE_AOU:
		return next && strchr("AOU", next);
	case BEFORE_L_OR_R:
		return next == 'L' || next == 'R';
	case NASAL:
		return next == '\0' || !strchr("AEIOUY", next);
	}
	return false;
}

static const struct rule *find_rule(const char *at)
{
	const struct rule *rule = rules;

	for (; rule->from; rule++) {
		size_t size;

		if (rule->from[0] != *at)
			continue;
		size = strlen(rule->from);
		if (strncmp(at, rule->from, size) == 0 &&
		    follows(rule->where, at + size))
			return rule;
	}
	return NULL;
}

void fold_phonetic(char *out, size_t out_size, const char *text)
{
	char glued[GLUED_SIZE];
	const char *at = glued;
	size_t size = 0;

	if (out_size == 0)
		return;
	fold_glued(glued, sizeof(glued), text);
	squeeze(glued);
	while (*at) {
		const struct rule *rule = find_rule(at);
		char same[2] = { *at, '\0' };
		const char *to = rule ? rule->to : same;

		at += rule ? strlen(rule->from) : 1;
		for (; *to; to++) {
			bool twice = size > 0 && out[size - 1] == *to;

			if (!twice && size + 1 < out_size)
				out[size++] = *to;
		}
	}
	out[drop_silent_end(out, size)] = '\0';
}
