/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/date.h>
#include <guichet/base/intl.h>

#include <stdio.h>
#include <string.h>

#define YEAR_MIN 1850
#define YEAR_MAX 2199

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const int days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};

	return days[month - 1] + (month == 2 && is_leap(year));
}

bool date_valid(struct date date)
{
	return date.year >= YEAR_MIN && date.year <= YEAR_MAX &&
		date.month >= 1 && date.month <= 12 &&
		date.day >= 1 && date.day <= month_days(date.year, date.month);
}

bool date_valid_birth(struct date date)
{
	if (date.day != 0)
		return date_valid(date);
	return date.year >= YEAR_MIN && date.year <= YEAR_MAX &&
		date.month >= 0 && date.month <= 12;
}

bool date_is_set(struct date date)
{
	return date.year != 0;
}

/* The year is taken from March, so that the leap day is its last. */
int64_t date_to_days(struct date date)
{
	int64_t year = date.month <= 2 ? date.year - 1 : date.year;
	int64_t from_march = (date.month + 9) % 12;
	int64_t day_of_year = (153 * from_march + 2) / 5 + date.day - 1;
	int64_t leap_days = year / 4 - year / 100 + year / 400;

	/* 719468 days from 0000-03-01 to 1970-01-01 */
	return year * 365 + leap_days + day_of_year - 719468;
}

struct date date_from_days(int64_t days)
{
	int64_t z = days + 719468;
	int64_t era = z >= 0 ? z / 146097 : (z - 146096) / 146097;
	int64_t day_of_era = z - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 +
			       day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era +
					    year_of_era / 4 - year_of_era / 100);
	int64_t from_march = (5 * day_of_year + 2) / 153;
	int month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);

	return (struct date){
		.year = (int)(year_of_era + era * 400) + (month <= 2),
		.month = month,
		.day = (int)(day_of_year - (153 * from_march + 2) / 5) + 1,
	};
}

int date_compare(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	if (a.day != b.day)
		return a.day < b.day ? -1 : 1;
	return 0;
}

struct date date_add_days(struct date date, int days)
{
	return date_from_days(date_to_days(date) + days);
}

struct date date_add_months(struct date date, int months)
{
	int count = date.year * 12 + date.month - 1 + months;
	int last;

	date.year = count / 12;
	date.month = count % 12 + 1;
	last = month_days(date.year, date.month);
	if (date.day > last)
		date.day = last;
	return date;
}

int date_weekday(struct date date)
{
	/* 1970-01-01 was a Thursday; 7 million days keep it positive. */
	return (int)((date_to_days(date) + 3 + 7 * 1000000) % 7) + 1;
}

int date_age(struct date birth, struct date on)
{
	int month = birth.month ? birth.month : 1;
	int day = birth.day ? birth.day : 1;
	bool before_birthday = on.month < month ||
		(on.month == month && on.day < day);

	return on.year - birth.year - before_birthday;
}

/* Read `size` digits; -1 when one is none. */
static int read_digits(const char *text, int size)
{
	int value = 0;

	for (int i = 0; i < size; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + text[i] - '0';
	}
	return value;
}

bool date_from_iso(const char *text, struct date *date, struct err *err)
{
	struct date read;

	*date = (struct date){ 0 };
	if (text[0] == '\0')
		return true;
	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return err_set(err, ERR_INVALID, _("date illisible"));
	read.year = read_digits(text, 4);
	read.month = read_digits(text + 5, 2);
	read.day = read_digits(text + 8, 2);
	if (!date_valid_birth(read))
		return err_set(err, ERR_INVALID, _("date illisible"));
	*date = read;
	return true;
}

void date_to_iso(struct date date, char out[DATE_TEXT])
{
	out[0] = '\0';
	if (date_is_set(date))
		snprintf(out, DATE_TEXT, "%04d-%02d-%02d",
			 date.year, date.month, date.day);
}

void date_to_text(struct date date, char out[DATE_TEXT])
{
	out[0] = '\0';
	if (date_is_set(date))
		snprintf(out, DATE_TEXT, "%02d/%02d/%04d",
			 date.day, date.month, date.year);
}

void date_to_short(struct date date, char out[DATE_TEXT])
{
	out[0] = '\0';
	if (date_is_set(date))
		snprintf(out, DATE_TEXT, "%02d/%02d/%02d",
			 date.day, date.month, date.year % 100);
}

void date_to_full(struct date date, char out[DATE_TEXT])
{
	static const char *const names[] = {
		N_("lun."), N_("mar."), N_("mer."), N_("jeu."), N_("ven."),
		N_("sam."), N_("dim.")
	};

	date_to_text(date, out);
	if (date_valid(date))
		snprintf(out, DATE_TEXT, "%s %02d/%02d/%04d",
			 _(names[date_weekday(date) - 1]),
			 date.day, date.month, date.year);
}
