/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an agent types for a date. */
#include <guichet/base/date.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

#define INPUT_SIZE 32

/* Numbers as typed; `parts` 0 when the text is not made of numbers. */
struct numbers {
	int value[3];
	int digits[3];
	int parts;
	char separator;                 /* '/', '-', or 0 for one block */
};

static bool unreadable(const char *text, struct err *err)
{
	return err_set(err, ERR_INVALID, _("« %s » n'est pas une date"), text);
}

/* Copy without blanks at the ends, ASCII letters in lower case. */
static bool normalise(char out[INPUT_SIZE], const char *text)
{
	char copy[128];

	if (!text_copy(copy, sizeof(copy), text))
		return false;
	text_trim(copy);
	for (char *c = copy; *c; c++) {
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	}
	return text_copy(out, INPUT_SIZE, copy);
}

/* Read up to `max` digits; returns how many there were, 0 when more. */
static int read_number(const char **at, int max, int *value)
{
	int digits = 0;

	*value = 0;
	for (; **at >= '0' && **at <= '9'; (*at)++) {
		if (++digits > max)
			return 0;
		*value = *value * 10 + (**at - '0');
	}
	return digits;
}

static struct numbers read_numbers(const char *text)
{
	struct numbers n = { 0 };
	const char *at = text;

	while (n.parts < 3) {
		int i = n.parts;

		n.digits[i] = read_number(&at, 8, &n.value[i]);
		if (n.digits[i] == 0)
			break;
		n.parts++;
		if (*at == '\0')
			return n;
		if (!strchr("/.-", *at) || (n.separator && n.separator != *at))
			break;
		n.separator = *at++;
	}
	return (struct numbers){ 0 };
}

/* Split a block of digits into day, month and year: 1503, 150326, 15032026. */
static void split_block(struct numbers *n)
{
	int block = n->value[0], size = n->digits[0];
	int year_size = size - 4, scale = 1;

	if (size != 4 && size != 6 && size != 8)
		return;
	for (int i = 0; i < year_size; i++)
		scale *= 10;
	*n = (struct numbers){
		.value = { block / scale / 100, block / scale % 100,
			   block % scale },
		.digits = { 2, 2, year_size },
		.parts = year_size ? 3 : 2,
	};
}

/* Two digits: within 80 years before `today` and 19 after. */
static int whole_year(int year, int digits, struct date today)
{
	int century = today.year - today.year % 100;

	if (digits == 4)
		return year;
	year += century;
	if (year > today.year + 19)
		return year - 100;
	return year < today.year - 80 ? year + 100 : year;
}

static bool refuse_day(struct date date, bool with_year, struct err *err)
{
	if (date.month < 1 || date.month > 12)
		return err_set(err, ERR_INVALID,
			       _("le mois %02d n'existe pas"), date.month);
	if (with_year && (date.year < 1850 || date.year > 2199))
		return err_set(err, ERR_INVALID,
			       _("l'année %04d n'est pas acceptée"), date.year);
	if (with_year)
		return err_set(err, ERR_INVALID,
			       _("le %02d/%02d/%04d n'existe pas"),
			       date.day, date.month, date.year);
	return err_set(err, ERR_INVALID, _("le %02d/%02d n'existe pas"),
		       date.day, date.month);
}

/* The next such day from `today` on; 29/02 may be eight years away. */
static bool next_day(struct date *date, struct date today, struct err *err)
{
	for (date->year = today.year; date->year <= today.year + 8;
	     date->year++) {
		if (date_valid(*date) && date_compare(*date, today) >= 0)
			return true;
	}
	return refuse_day(*date, false, err);
}

/* Put the numbers in their place; returns false when they are no date. */
static bool arrange(struct numbers *n, struct date today, struct date *date)
{
	if (n->parts == 1)
		split_block(n);
	if (n->parts == 3 && n->separator == '-' && n->digits[0] == 4) {
		*date = (struct date){ n->value[0], n->value[1], n->value[2] };
		return n->digits[1] <= 2 && n->digits[2] <= 2;
	}
	*date = (struct date){ .month = n->value[1], .day = n->value[0] };
	if (n->parts < 2 || n->digits[0] > 2 || n->digits[1] > 2)
		return false;
	if (n->parts == 2)
		return true;
	date->year = whole_year(n->value[2], n->digits[2], today);
	return n->digits[2] == 2 || n->digits[2] == 4;
}

/* +7, -2, 7j */
static bool relative(const char *text, struct date today, struct date *date)
{
	const char *at = text;
	bool is_signed = *at == '+' || *at == '-';
	int days;

	if (is_signed)
		at++;
	if (read_number(&at, 4, &days) == 0)
		return false;
	if (*at == 'j')
		at++;
	else if (!is_signed)
		return false;
	if (*at != '\0')
		return false;
	*date = date_add_days(today, text[0] == '-' ? -days : days);
	return true;
}

/* lun, lundi, lun+1: the next such day after today, and weeks later. */
static bool weekday(const char *text, struct date today, struct date *date)
{
	static const char *const names[] = {
		"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
		"dimanche"
	};
	size_t size = strcspn(text, "+.");
	const char *at = text + size;
	int weeks = 0, day = 0;

	while (day < 7 && (size < 3 || size > strlen(names[day]) ||
			   strncmp(text, names[day], size) != 0))
		day++;
	if (day == 7)
		return false;
	if (*at == '.')
		at++;
	if (*at == '+') {
		at++;
		if (read_number(&at, 2, &weeks) == 0)
			return false;
	}
	if (*at != '\0')
		return false;
	day = (day + 1 - date_weekday(today) + 6) % 7 + 1;
	*date = date_add_days(today, day + 7 * weeks);
	return true;
}

static bool shortcut(const char *text, struct date today, struct date *date)
{
	if (strcmp(text, "auj") == 0 || strcmp(text, "aujourd'hui") == 0) {
		*date = today;
		return true;
	}
	if (strcmp(text, "fdm") == 0) {
		today.day = 1;
		*date = date_add_days(date_add_months(today, 1), -1);
		return true;
	}
	return weekday(text, today, date) || relative(text, today, date);
}

bool date_from_input(const char *text, struct date today, struct date *date,
		     struct err *err)
{
	char input[INPUT_SIZE];
	struct numbers n;
	struct date read;

	*date = (struct date){ 0 };
	if (!normalise(input, text))
		return err_set(err, ERR_INVALID, _("date trop longue"));
	if (input[0] == '\0')
		return err_set(err, ERR_INVALID, _("date attendue"));
	if (!shortcut(input, today, &read)) {
		n = read_numbers(input);
		if (n.parts == 0 || !arrange(&n, today, &read))
			return unreadable(input, err);
		if (n.parts == 2 && !next_day(&read, today, err))
			return false;
	}
	if (!date_valid(read))
		return refuse_day(read, true, err);
	*date = read;
	return true;
}

/* 1985, 03/1985, 00/00/1952, or a whole date. */
static bool arrange_birth(struct numbers *n, struct date today,
			  struct date *date)
{
	if (n->parts == 1 && n->digits[0] == 4 && n->value[0] >= 1850) {
		*date = (struct date){ .year = n->value[0] };
		return true;
	}
	if (n->parts == 2 && n->digits[0] <= 2 && n->digits[1] == 4) {
		*date = (struct date){ n->value[1], n->value[0], 0 };
		return true;
	}
	if (!arrange(n, today, date) || n->parts != 3)
		return false;
	/* Nobody is born tomorrow: 2 digits of a year are of the century past. */
	if (n->digits[2] == 2 && date_compare(*date, today) > 0)
		date->year -= 100;
	return true;
}

bool date_from_birth_input(const char *text, struct date today,
			   struct date *date, struct err *err)
{
	char input[INPUT_SIZE];
	struct numbers n;
	struct date read;

	*date = (struct date){ 0 };
	if (!normalise(input, text))
		return err_set(err, ERR_INVALID, _("date trop longue"));
	if (input[0] == '\0')
		return err_set(err, ERR_INVALID, _("date attendue"));
	n = read_numbers(input);
	if (n.parts == 0 || !arrange_birth(&n, today, &read))
		return err_set(err, ERR_INVALID,
			       _("« %s » n'est pas une date de naissance"),
			       input);
	if (!date_valid_birth(read))
		return refuse_day(read, true, err);
	if (date_compare(read, today) > 0)
		return err_set(err, ERR_INVALID,
			       _("la date de naissance est dans le futur"));
	*date = read;
	return true;
}
