/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The offices of the caisse with their hours in words, and the reasons for an
 * appointment. */
#include "../agenda.h"
#include "handlers.h"
#include <guichet/base/text.h>

static const char *const weekday_names[] = {
	"", "Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi",
	"Dimanche",
};

enum { EVERY_WEEK, EVERY_N_WEEKS, NTH_WEEKDAY };

static void add_hour(struct buf *text, const struct opening *opening)
{
	buf_printf(text, "%02d:%02d-%02d:%02d", opening->open_minute / 60,
		   opening->open_minute % 60, opening->close_minute / 60,
		   opening->close_minute % 60);
	if (opening->rule == EVERY_N_WEEKS)
		buf_printf(text, " (une semaine sur %d)", opening->n);
	else if (opening->rule == NTH_WEEKDAY)
		buf_printf(text, " (%d%s du mois)", opening->n,
			   opening->n == 1 ? "er" : "e");
}

static bool same_hour(const struct opening *a, const struct opening *b)
{
	return a->rule == b->rule && a->weekday == b->weekday &&
	       a->n == b->n && a->day == b->day &&
	       a->open_minute == b->open_minute &&
	       a->close_minute == b->close_minute;
}

/* Desks with the same hours are told once. */
static bool told(const struct rows *openings, size_t index)
{
	const struct opening *opening = rows_at(openings, index);

	for (size_t i = 0; i < index; i++) {
		if (same_hour(rows_at(openings, i), opening))
			return true;
	}
	return false;
}

static void write_hours(const struct rows *openings, struct buf *text)
{
	for (int weekday = 1; weekday <= 7; weekday++) {
		bool first = true;

		for (size_t i = 0; i < openings->count; i++) {
			const struct opening *opening = rows_at(openings, i);

			if (opening->weekday != weekday ||
			    opening->rule > NTH_WEEKDAY || told(openings, i))
				continue;
			if (first)
				buf_printf(text, "%s%s ", text->size ? "\n" : "",
					   weekday_names[weekday]);
			else
				buf_text(text, ", ");
			add_hour(text, opening);
			first = false;
		}
	}
}

static bool read_offices(struct req *req, struct rows *out, struct err *err)
{
	bool ok = true;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT id, name, address, postcode, city, phone, desks"
		" FROM office WHERE caisse = $1 ORDER BY name, id", "i",
		req->caisse);

	if (!stmt)
		return false;
	while (ok && db_next(stmt, err)) {
		struct office *office = rows_add(out);

		id_format(db_int(stmt, 0), office->id);
		office->desks = db_int(stmt, 6);
		office->mine = db_int(stmt, 0) == req->office_id;
		ok = db_copy(stmt, 1, office->name, sizeof(office->name), err) &&
		     db_copy(stmt, 2, office->address, sizeof(office->address), err) &&
		     db_copy(stmt, 3, office->postcode, sizeof(office->postcode), err) &&
		     db_copy(stmt, 4, office->city, sizeof(office->city), err) &&
		     db_copy(stmt, 5, office->phone, sizeof(office->phone), err);
	}
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}

bool office_list(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err)
{
	(void)key;
	(void)body;
	if (!read_offices(req, out, err))
		return false;
	for (size_t i = 0; i < out->count; i++) {
		struct office *office = rows_at(out, i);
		struct agenda_office agenda;
		struct buf text;
		bool ok = agenda_init(req, id_parse(office->id), &agenda, err);

		buf_init(&text, NOTE_SIZE - 1);
		if (ok)
			write_hours(&agenda.openings, &text);
		/* hours too long to be told whole are left out: never half */
		if (!text.full)
			text_copy(office->hours, sizeof(office->hours),
				  buf_cstr(&text));
		buf_fini(&text);
		agenda_fini(&agenda);
		if (!ok)
			return false;
	}
	return true;
}

bool reason_list(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err)
{
	bool ok = true;
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT code, label, minutes, channels, roles, pieces"
		" FROM reason WHERE caisse = $1 ORDER BY position, code", "i",
		req->caisse);

	(void)key;
	(void)body;
	if (!stmt)
		return false;
	while (ok && db_next(stmt, err)) {
		struct reason *reason = rows_add(out);

		reason->minutes = db_int(stmt, 2);
		reason->channels = (unsigned)db_int(stmt, 3);
		reason->roles = (unsigned)db_int(stmt, 4);
		ok = db_copy(stmt, 0, reason->code, sizeof(reason->code), err) &&
		     db_copy(stmt, 1, reason->label, sizeof(reason->label), err) &&
		     db_copy(stmt, 5, reason->pieces, sizeof(reason->pieces), err);
	}
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}
