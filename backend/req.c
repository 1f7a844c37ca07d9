/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "req.h"
#include "holder.h"

#include <guichet/base/intl.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define LIMIT_DEFAULT 50

static enum err_code code_of(int status)
{
	switch (status) {
	case 400: case 413: case 415: case 422:
		return ERR_INVALID;
	case 401: case 403:
		return ERR_DENIED;
	case 404:
		return ERR_NOT_FOUND;
	case 409: case 412: case 428: case 429:
		return ERR_CONFLICT;
	default:
		return ERR_SYSTEM;
	}
}

bool req_refuse(struct err *err, int status, const char *word, const char *fmt, ...)
{
	char text[sizeof(err->text)];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	err_word(err, code_of(status), word, "%s", text);
	if (err)
		err->status = status;
	return false;
}

void req_extra(struct req *req, const struct codec *codec, const void *value)
{
	/* The bytes may move while the scratch grows: it only holds this. */
	buf_empty(&req->scratch);
	req->extra = NULL;
	req->extra_codec = NULL;
	if (!buf_add(&req->scratch, value, codec->size))
		return;
	req->extra = req->scratch.data;
	req->extra_codec = codec;
}

bool req_match(const struct req *req, int64_t version, struct err *err)
{
	if (req->if_match == version || req->if_match == 0)
		return true;
	if (req->if_match == -1)
		return req_refuse(err, 428, "version.needed",
				  _("la version de la fiche manque"));
	return req_refuse(err, 412, "version.stale",
		_("cette fiche a été modifiée entre-temps : actualisez"));
}

bool req_needs_tier(const struct req *req, int tier, struct err *err)
{
	if (req->contact.tier >= tier)
		return true;
	return req_refuse(err, 403, "proof.needed", "%s", tier >= TIER_STRONG ?
		_("il faut d'abord vérifier l'identité avec une pièce") :
		_("il faut d'abord vérifier qui demande"));
}

bool req_needs_file(const struct req *req, int64_t file_id, struct err *err)
{
	if (file_id != 0 && req->contact.file_id == file_id)
		return true;
	return refuse_missing(err);
}

int64_t req_limit(int64_t limit)
{
	return limit == CODEC_NONE || limit == 0 ? LIMIT_DEFAULT : limit;
}

int64_t day_number(struct date date)
{
	return date.year * INT64_C(10000) + date.month * 100 + date.day;
}

struct date day_date(int64_t number)
{
	return (struct date){
		.year = (int)(number / 10000),
		.month = (int)(number / 100 % 100),
		.day = (int)(number % 100),
	};
}

bool rule_value(struct db *db, const char *name, struct date on, int64_t *value,
		struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(db, &failed,
		"SELECT value FROM rule WHERE name = $1 AND from_day <= $2 "
		"ORDER BY from_day DESC LIMIT 1", "ti", name, day_number(on));

	if (db_next(stmt, &failed)) {
		*value = db_int(stmt, 0);
		db_done(stmt);
		return true;
	}
	if (failed.code == ERR_NONE)
		return err_set(err, ERR_SYSTEM, _("la règle « %s » manque"), name);
	if (err)
		*err = failed;
	return false;
}

bool number_next(struct req *req, const char *kind, char out[NUMBER_SIZE],
		 struct err *err)
{
	int64_t year = req->today.year % 100;
	struct db_stmt *stmt;
	int64_t last;

	if (!db_run(req->db, err, NULL,
		    "INSERT INTO numbering (caisse, kind, year, last) "
		    "VALUES ($1, $2, $3, 1) ON CONFLICT (caisse, kind, year) "
		    "DO UPDATE SET last = numbering.last + 1",
		    "iti", req->caisse, kind, year))
		return false;
	stmt = db_query(req->db, err, "SELECT last FROM numbering "
			"WHERE caisse = $1 AND kind = $2 AND year = $3",
			"iti", req->caisse, kind, year);
	if (!db_next(stmt, err))
		return false;
	last = db_int(stmt, 0);
	db_done(stmt);
	if (snprintf(out, NUMBER_SIZE, "%s-%02d-%06lld", kind, (int)year,
		     (long long)last) >= NUMBER_SIZE)
		return err_set(err, ERR_SYSTEM, _("la numérotation est épuisée"));
	return true;
}
