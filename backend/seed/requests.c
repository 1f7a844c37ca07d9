/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests get their numbers in the order of their day, so they are kept until
 * the end: about 100 bytes each, one for three insured. */
#include "seed.h"

#include <guichet/base/mem.h>

#include <stdio.h>
#include <stdlib.h>

#define FACTORY "Centre de fabrication"
#define YEARS_MAX 64
#define FIRST_YEAR 2000

static const char *const prefixes[REQUEST_KIND_N] = {
	[REQUEST_EHIC] = "CEAM", [REQUEST_EHIC_LOSS] = "CEAM",
	[REQUEST_VITALE] = "VIT", [REQUEST_VITALE_LOSS] = "VIT",
	[REQUEST_ADDRESS] = "ADR", [REQUEST_CERTIFICATE] = "ATT",
	[REQUEST_C2S] = "C2S",
};

/* Which series a kind is numbered in. */
static const int series[REQUEST_KIND_N] = {
	[REQUEST_EHIC] = 0, [REQUEST_EHIC_LOSS] = 0, [REQUEST_VITALE] = 1,
	[REQUEST_VITALE_LOSS] = 1, [REQUEST_ADDRESS] = 2,
	[REQUEST_CERTIFICATE] = 3, [REQUEST_C2S] = 4,
};
static const char *const series_names[] = { "CEAM", "VIT", "ADR", "ATT", "C2S" };
#define SERIES 5

/* The states through which each kind goes, -1 at the end. */
static const int ways[REQUEST_KIND_N][9] = {
	[REQUEST_EHIC] = { REQUEST_RECEIVED, REQUEST_MAKING, REQUEST_SENT,
		REQUEST_DONE, -1 },
	[REQUEST_EHIC_LOSS] = { REQUEST_RECEIVED, REQUEST_DONE, -1 },
	[REQUEST_VITALE] = { REQUEST_RECEIVED, REQUEST_WAITING_PIECES,
		REQUEST_PIECES_RECEIVED, REQUEST_CHECKING, REQUEST_REFUSED_PIECE,
		REQUEST_MAKING, REQUEST_SENT, REQUEST_DONE, -1 },
	[REQUEST_VITALE_LOSS] = { REQUEST_RECEIVED, REQUEST_DONE, -1 },
	[REQUEST_ADDRESS] = { REQUEST_RECEIVED, REQUEST_CHECKING, REQUEST_DONE,
		-1 },
	[REQUEST_CERTIFICATE] = { REQUEST_RECEIVED, REQUEST_DONE, -1 },
	[REQUEST_C2S] = { REQUEST_RECEIVED, REQUEST_WAITING_PIECES,
		REQUEST_PIECES_RECEIVED, REQUEST_CHECKING, REQUEST_DONE, -1 },
};

void seed_requests_add(struct seed_requests *all, const struct seed_family *family)
{
	for (int at = 0; at < family->request_count; at++) {
		if (all->count == all->size) {
			all->size = all->size * 2 + 1024;
			all->rows = mem_grow(all->rows, all->size,
					     sizeof(*all->rows));
		}
		all->rows[all->count++] = family->requests[at];
	}
}

static int by_day(const void *left, const void *right)
{
	const struct seed_request *a = left, *b = right;

	if (a->caisse != b->caisse)
		return a->caisse < b->caisse ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

/* The states this request went through: fill `states` and return how many. */
static int history(const struct seed_request *request, int states[12])
{
	const int *way = ways[request->kind];
	int count = 0;

	for (; *way >= 0; way++) {
		bool last = *way == request->state;

		/* Only what was refused has that step. */
		if (*way == REQUEST_REFUSED_PIECE && !last)
			continue;
		states[count++] = *way;
		if (last)
			return count;
	}
	/* Refused, cancelled, or a state out of the way: after the first. */
	states[1] = request->state;
	return 2;
}

static const char *actor(const struct seed_request *request, int state)
{
	if (state == REQUEST_MAKING || state == REQUEST_SENT)
		return FACTORY;
	if (request->agent_id && state == REQUEST_RECEIVED)
		return seed_agents[request->agent_id - seed_agent_id(0)]
			.display_name;
	if (!request->agent_id && (state == REQUEST_RECEIVED ||
				   state == REQUEST_PIECES_RECEIVED))
		return "L'assuré, en ligne";
	return "Service des cartes et des droits";
}

static bool write_steps(struct db *db, const struct seed_request *request,
			struct err *err)
{
	int states[12], count = history(request, states);
	int64_t span = request->updated_at - request->lodged_at;

	for (int at = 0; at < count; at++) {
		int64_t moment = request->lodged_at +
			(count > 1 ? span * at / (count - 1) : 0);
		const char *note = states[at] != REQUEST_REFUSED_PIECE ? "" :
			"Photo non conforme : fond trop sombre";

		if (!db_run(db, err, NULL,
			    "INSERT INTO request_step (caisse, request_id, step, at,"
			    " state, actor, note) VALUES ($1, $2, $3, $4, $5, $6,"
			    " $7)", "iiiiitt", (int64_t)request->caisse,
			    request->id, (int64_t)at + 1, moment,
			    (int64_t)states[at], actor(request, states[at]), note))
			return false;
	}
	return true;
}

static bool write_request(struct db *db, const struct seed_request *request,
			  const char *number, struct err *err)
{
	return db_run(db, err, NULL,
		      "INSERT INTO request (caisse, id, number, kind, state,"
		      " file_id, person_id, agent_id, lodged_at, updated_at,"
		      " expected_day, missing, card_id) VALUES ($1, $2, $3, $4, $5,"
		      " $6, $7, $8, $9, $10, $11, $12, $13)", "iitiiiiiiiiii",
		      (int64_t)request->caisse, request->id, number,
		      (int64_t)request->kind, (int64_t)request->state,
		      request->file_id, request->person_id, request->agent_id,
		      request->lodged_at, request->updated_at,
		      (int64_t)request->expected, (int64_t)request->missing,
		      request->card_id) &&
		(!request->open_order ||
		 db_run(db, err, NULL,
			"INSERT INTO open_order (caisse, person_id, kind,"
			" request_id) VALUES ($1, $2, $3, $4)", "iiii",
			(int64_t)request->caisse, request->person_id,
			(int64_t)request->card_kind, request->id)) &&
		write_steps(db, request, err);
}

static bool write_numbering(struct db *db, int caisse,
			    int64_t last[SERIES][YEARS_MAX], struct err *err)
{
	for (int row = 0; row < SERIES; row++) {
		for (int year = 0; year < YEARS_MAX; year++) {
			if (last[row][year] &&
			    !db_run(db, err, NULL,
				    "INSERT INTO numbering (caisse, kind, year,"
				    " last) VALUES ($1, $2, $3, $4)", "itii",
				    (int64_t)caisse, series_names[row],
				    (int64_t)year, last[row][year]))
				return false;
			last[row][year] = 0;
		}
	}
	return true;
}

bool seed_requests_write(struct seed_requests *all, struct db *db, struct err *err)
{
	int64_t last[SERIES][YEARS_MAX] = { 0 };
	int caisse = SEED_CAISSE;

	qsort(all->rows, all->count, sizeof(*all->rows), by_day);
	for (size_t at = 0; at < all->count; at++) {
		const struct seed_request *request = &all->rows[at];
		int year = request->year - FIRST_YEAR;
		char number[NUMBER_SIZE];

		if (request->caisse != caisse) {
			if (!write_numbering(db, caisse, last, err))
				return false;
			caisse = request->caisse;
		}
		snprintf(number, sizeof(number), "%s-%02d-%06d",
			 prefixes[request->kind], year % 100,
			 (int)++last[series[request->kind]][year]);
		if (!write_request(db, request, number, err))
			return false;
	}
	return write_numbering(db, caisse, last, err);
}
