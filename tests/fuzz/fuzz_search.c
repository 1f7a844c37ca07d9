/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search line: a text is either refused with a sentence that repeats
 * nothing of a number, or understood with something to look for. */
#include "fuzz.h"

#include <config.h>
#include <guichet/base/text.h>
#include "handlers/search.h"

#include <stdlib.h>
#include <string.h>

#define DIGITS_TOLD 4                   /* "15 avec la clé", "1985" */

static void hold(bool holds)
{
	if (!holds)
		abort();
}

static bool tells_a_number(const char *text)
{
	size_t run = 0;

	for (; *text && run <= DIGITS_TOLD; text++)
		run = *text >= '0' && *text <= '9' ? run + 1 : 0;
	return run > DIGITS_TOLD;
}

static void hold_understood(const struct asked *asked)
{
	struct name_split splits[SEARCH_SPLITS];
	size_t count = search_splits(asked, splits);

	hold(asked->understood >= 0 && asked->understood < UNDERSTOOD_N);
	hold(count <= SEARCH_SPLITS && asked->word_count <= SEARCH_WORDS);
	switch (asked->understood) {
	case UNDERSTOOD_NAME_BIRTH:
	case UNDERSTOOD_BIRTH:
		hold(asked->birth_from > 0 &&
		     asked->birth_from <= asked->birth_to);
		break;
	case UNDERSTOOD_NAME:
		hold(asked->birth_from == 0);
		break;
	default:
		hold(*asked->value && count == 0);
		return;
	}
	hold((count > 0) == (asked->understood != UNDERSTOOD_BIRTH));
	for (size_t i = 0; i < count; i++)
		hold(*splits[i].surname != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct search_query query = { 0 };
	struct asked asked;
	struct err err = { 0 };

	if (size >= sizeof(query.text))
		return 0;
	/* The codec refuses any other text before the search sees it. */
	text_clean(query.text, sizeof(query.text), (const char *)data, size,
		   TEXT_ONE_LINE);
	if (search_understand(query.text, (struct date){ 2026, 11, 21 }, &asked,
			      &err)) {
		hold_understood(&asked);
	} else {
		hold(err.status == 422 && *err.text);
		hold(text_is_clean(err.text, TEXT_ONE_LINE));
		hold(!tells_a_number(err.text));
	}
	return 0;
}
