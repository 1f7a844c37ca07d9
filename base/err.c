/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/err.h>

#include <stdio.h>
#include <string.h>

void err_clear(struct err *err)
{
	if (err)
		memset(err, 0, sizeof(*err));
}

/* snprintf() cuts between bytes: drop what is left of a cut character. */
static void drop_cut_character(char *text)
{
	size_t size = strlen(text), tail = 0;
	unsigned char lead;
	size_t wanted;

	while (tail < 3 && tail < size &&
	       ((unsigned char)text[size - 1 - tail] & 0xC0) == 0x80)
		tail++;
	if (tail == size)
		return;
	lead = (unsigned char)text[size - 1 - tail];
	wanted = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
	if (tail < wanted)
		text[size - 1 - tail] = '\0';
}

__attribute__((format(printf, 3, 0)))
static void set(struct err *err, enum err_code code, const char *fmt,
		va_list args)
{
	char text[sizeof(err->text)];
	int n = vsnprintf(text, sizeof(text), fmt, args);

	if (n < 0)
		text[0] = '\0';
	else if ((size_t)n >= sizeof(text))
		drop_cut_character(text);
	/* An argument may point into `err` itself: write it only now. */
	err_clear(err);
	err->code = code;
	memcpy(err->text, text, sizeof(text));
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
	char text[sizeof(err->text)], where[sizeof(err->text)];
	va_list args;
	int n;

	if (!err)
		return false;
	va_start(args, fmt);
	n = vsnprintf(where, sizeof(where), fmt, args);
	va_end(args);
	if (n < 0)
		return false;
	if ((size_t)n >= sizeof(where))
		drop_cut_character(where);
	n = snprintf(text, sizeof(text), "%s : %s", where, err->text);
	if (n >= 0 && (size_t)n >= sizeof(text))
		drop_cut_character(text);
	memcpy(err->text, text, sizeof(text));
	return false;
}
