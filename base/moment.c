/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments as text: RFC 3339 for the wire, a clock for the agent. */
#include <guichet/base/date.h>
#include <guichet/base/intl.h>

#include <stdio.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)

/* Read exactly `size` digits of value at most `max`; -1 when they are not. */
static int read_digits(const char *text, int size, int max)
{
	int value = 0;

	for (int i = 0; i < size; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + text[i] - '0';
	}
	return value <= max ? value : -1;
}

/* Read ".5", ".123456789": milliseconds, what is finer is left out.  Returns -1
 * when no digit follows the point. */
static int read_fraction(const char **at)
{
	int ms = 0, scale = 100;

	if (**at != '.')
		return 0;
	(*at)++;
	if (read_digits(*at, 1, 9) < 0)
		return -1;
	for (; read_digits(*at, 1, 9) >= 0; (*at)++) {
		ms += scale * read_digits(*at, 1, 9);
		scale /= 10;
	}
	return ms;
}

/* Read "Z" or "+01:00" to the end of the text, in minutes. */
static bool read_offset(const char *at, int *minutes)
{
	int hour, minute;

	*minutes = 0;
	if (strcmp(at, "Z") == 0 || strcmp(at, "z") == 0)
		return true;
	if ((*at != '+' && *at != '-') || strlen(at) != 6 || at[3] != ':')
		return false;
	hour = read_digits(at + 1, 2, 23);
	minute = read_digits(at + 4, 2, 59);
	*minutes = (hour * 60 + minute) * (*at == '-' ? -1 : 1);
	return hour >= 0 && minute >= 0;
}

static bool read_moment(const char *text, int64_t *at_ms)
{
	int hour, minute, second, ms, offset;
	char day[11] = "";
	const char *at;
	struct date date;

	if (strlen(text) < 20 || (text[10] != 'T' && text[10] != 't') ||
	    text[13] != ':' || text[16] != ':')
		return false;
	at = text + 19;
	memcpy(day, text, 10);
	hour = read_digits(text + 11, 2, 23);
	minute = read_digits(text + 14, 2, 59);
	/* RFC 3339 section 5.7: 60 is a leap second; it counts as the next. */
	second = read_digits(text + 17, 2, 60);
	ms = read_fraction(&at);
	if (!date_from_iso(day, &date, NULL) || !date_valid(date) ||
	    hour < 0 || minute < 0 || second < 0 || ms < 0 ||
	    !read_offset(at, &offset))
		return false;
	*at_ms = date_to_days(date) * DAY_MS +
		((int64_t)(hour * 60 + minute - offset) * 60 + second) * 1000 +
		ms;
	return true;
}

bool moment_from_rfc3339(const char *text, int64_t *at_ms, struct err *err)
{
	*at_ms = 0;
	if (!read_moment(text, at_ms))
		return err_set(err, ERR_INVALID, _("date et heure illisibles"));
	return true;
}

/* The local clock; the remainders keep the compiler sure of the widths. */
struct local {
	struct date date;
	unsigned hour, minute;
};

static struct local local_time(enum zone zone, int64_t at_ms)
{
	int minute;
	struct local local = { .date = zone_date(zone, at_ms, &minute) };

	local.hour = (unsigned)minute / 60 % 24;
	local.minute = (unsigned)minute % 60;
	return local;
}

void moment_to_rfc3339(enum zone zone, int64_t at_ms, char out[DATE_TEXT])
{
	struct local local = local_time(zone, at_ms);
	unsigned rest_ms = (unsigned)((at_ms % 60000 + 60000) % 60000);
	int offset = zone_offset_s(zone, at_ms) / 60;
	unsigned distance = (unsigned)(offset < 0 ? -offset : offset);
	char day[DATE_TEXT], fraction[8] = "";

	date_to_iso(local.date, day);
	if (rest_ms % 1000)
		snprintf(fraction, sizeof(fraction), ".%03u", rest_ms % 1000);
	snprintf(out, DATE_TEXT, "%.10sT%02u:%02u:%02u%s%c%02u:%02u", day,
		 local.hour, local.minute, rest_ms / 1000, fraction,
		 offset < 0 ? '-' : '+', distance / 60 % 24, distance % 60);
}

void moment_to_clock(enum zone zone, int64_t at_ms, char out[DATE_TEXT])
{
	struct local local = local_time(zone, at_ms);

	snprintf(out, DATE_TEXT, "%02u:%02u", local.hour, local.minute);
}

void moment_to_hour(enum zone zone, int64_t at_ms, char out[DATE_TEXT])
{
	struct local local = local_time(zone, at_ms);

	snprintf(out, DATE_TEXT, _("%u h %02u"), local.hour, local.minute);
}

void moment_to_text(enum zone zone, int64_t at_ms, char out[DATE_TEXT])
{
	struct local local = local_time(zone, at_ms);
	char day[DATE_TEXT];

	date_to_text(local.date, day);
	snprintf(out, DATE_TEXT, "%.10s %02u:%02u", day, local.hour,
		 local.minute);
}
