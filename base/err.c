/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/err.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

void err_clear(struct err *err)
{
	if (err)
		memset(err, 0, sizeof(*err));
}

#define RAW_SIZE 1024                   /* bytes before cleaning */

__attribute__((format(printf, 3, 0)))
static void set(struct err *err, enum err_code code, const char *fmt,
		va_list args)
{
	char raw[RAW_SIZE];

	if (vsnprintf(raw, sizeof(raw), fmt, args) < 0)
		raw[0] = '\0';
	/* An argument may point into `err` itself: write it only now.  It may
	 * also be what somebody typed or sent: no control goes through. */
	err_clear(err);
	err->code = code;
	text_clean(err->text, sizeof(err->text), raw, strlen(raw),
		   TEXT_ONE_LINE);
}

bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list args;

	if (!err)
		return false;
	va_start(args, fmt);
	set(err, code, fmt, args);
	va_end(args);
	return false;
}

bool err_field(struct err *err, enum err_code code, const char *field,
	       const char *fmt, ...)
{
	va_list args;

	if (!err)
		return false;
	va_start(args, fmt);
	set(err, code, fmt, args);
	va_end(args);
	snprintf(err->field, sizeof(err->field), "%s", field);
	return false;
}

bool err_word(struct err *err, enum err_code code, const char *word,
	      const char *fmt, ...)
{
	va_list args;

	if (!err)
		return false;
	va_start(args, fmt);
	set(err, code, fmt, args);
	va_end(args);
	snprintf(err->word, sizeof(err->word), "%s", word);
	return false;
}

bool err_wrap(struct err *err, const char *fmt, ...)
{
	char where[RAW_SIZE], raw[2 * RAW_SIZE];
	va_list args;

	if (!err)
		return false;
	va_start(args, fmt);
	if (vsnprintf(where, sizeof(where), fmt, args) < 0)
		where[0] = '\0';
	va_end(args);
	snprintf(raw, sizeof(raw), _("%s : %s"), where, err->text);
	text_clean(err->text, sizeof(err->text), raw, strlen(raw),
		   TEXT_ONE_LINE);
	return false;
}
