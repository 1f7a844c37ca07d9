/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Up to fifty calls on one morning of one office, by two agents of its caisse and
 * one of another, and the same on a plain table of who has which desk when:
 * nothing acknowledged is lost, no cell is given twice, and the third agent is
 * told nothing.  Three bytes a call: what and who, which start, which one. */
#include "unit/cards_fixture.h"
#include "fuzz.h"

#include "handlers/handlers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CALLS_MOST 50
#define DESKS 2
#define CELLS 36                        /* of 5 minutes, from 9 to 12 */
#define NEEDED 6                        /* by T_REASON */
#define HELD_MS 300000

enum { HOLD, BOOK, BOOK_HELD, CANCEL, GET, RELEASE, WAIT, CALLS };

/* The model. */
struct cell { int appointment, hold; }; /* number + 1, 0: none */

static struct model {
	struct cell cells[DESKS][CELLS];
	struct { char id[ID_TEXT]; bool live; } bookings[CALLS_MOST];
	struct { char id[ID_TEXT]; int agent; int64_t until; } holds[CALLS_MOST];
	int booked, held;
} m;

static void *opened;

static void hold_true(bool holds)
{
	if (!holds)
		abort();
}

static void close_desk(void)
{
	fixture_teardown(&opened);
}

static struct fixture *desk(void)
{
	static const char *const none[] = { "DELETE FROM cell", "DELETE FROM hold",
		"DELETE FROM appointment", NULL };
	struct fixture *t;

	if (!opened) {
		hold_true(cards_setup(&opened) == 0);
		atexit(close_desk);
	}
	t = opened;
	fixture_run(t, none);
	t_now(t, november(21, 11, 0));
	memset(&m, 0, sizeof(m));
	return t;
}

static void become(struct fixture *t, int agent)
{
	t->req.caisse = t->req.home = agent == 2 ? T_OTHER_CAISSE : T_CAISSE;
	t->req.agent_id = agent == 1 ? 12 : T_AGENT;
}

/* As a request does: all or nothing. */
static bool call(struct fixture *t, const struct api_op *op, req_handler run,
		 const void *key, const void *body)
{
	bool ok;

	hold_true(db_begin(t->db, &t->err));
	ok = fixture_call(t, op, run, key, body);
	if (ok)
		hold_true(db_commit(t->db, &t->err));
	else
		db_rollback(t->db);
	return ok;
}

static void let_go(int hold)
{
	for (int d = 0; d < DESKS; d++)
		for (int c = 0; c < CELLS; c++)
			if (m.cells[d][c].hold == hold + 1)
				m.cells[d][c].hold = 0;
}

static void expire(int64_t now_ms)
{
	for (int h = 0; h < m.held; h++)
		if (m.holds[h].until <= now_ms)
			let_go(h);
}

/* Free, or held by the agent. */
static bool is_free(int d, int from, int agent)
{
	for (int c = from; c < from + NEEDED; c++) {
		int hold = m.cells[d][c].hold;

		if (m.cells[d][c].appointment ||
		    (hold && m.holds[hold - 1].agent != agent))
			return false;
	}
	return true;
}

/* Of the one who asked, and no fault of ours. */
static bool is_refusal(const struct err *err)
{
	return err->status ? err->status >= 400 && err->status < 500 :
		err->code != ERR_NONE && err->code != ERR_SYSTEM;
}

/* A refusal for a taken slot must be true, and so must a success. */
static void agree(const struct fixture *t, bool ok, bool is_open, int agent)
{
	hold_true(!ok || (is_open && agent != 2));
	if (!ok)
		hold_true(is_refusal(&t->err));
	if (!ok && strcmp(t->err.word, "slot.taken") == 0)
		hold_true(!is_open);
}

static void take(int d, int from, struct cell who)
{
	for (int c = from; c < from + NEEDED; c++)
		m.cells[d][c] = who;
}

static void hold_slot(struct fixture *t, int agent, int d, int from)
{
	struct hold_new asked = { .desk = d + 1, .reason = T_REASON,
		.starts_at = november(23, 9, 0) + from * INT64_C(300000) };
	bool is_open = is_free(d, from, agent), ok;

	id_format(T_GRENOBLE, asked.office_id);
	id_format(T_MOTHER, asked.insured_id);
	ok = call(t, &api_hold_create, hold_create, NULL, &asked);
	agree(t, ok, is_open, agent);
	if (!ok)
		return;
	for (int h = 0; h < m.held; h++)
		if (m.holds[h].agent == agent)
			let_go(h);
	memcpy(m.holds[m.held].id, ((struct hold *)rows_at(&t->out, 0))->id, ID_TEXT);
	m.holds[m.held].agent = agent;
	m.holds[m.held].until = t->req.now_ms + HELD_MS;
	take(d, from, (struct cell){ .hold = ++m.held });
}

static bool create(struct fixture *t, struct appointment_new *asked)
{
	asked->channel = CHANNEL_COUNTER;
	asked->accept_warnings = true;
	snprintf(asked->reason, sizeof(asked->reason), "%s", T_REASON);
	id_format(T_MOTHER, asked->insured_id);
	if (!call(t, &api_appointment_create, appointment_create, NULL, asked))
		return false;
	memcpy(m.bookings[m.booked].id,
	       ((struct appointment *)rows_at(&t->out, 0))->id, ID_TEXT);
	m.bookings[m.booked++].live = true;
	return true;
}

static void book(struct fixture *t, int agent, int d, int from)
{
	struct appointment_new asked = { .desk = d + 1,
		.starts_at = november(23, 9, 0) + from * INT64_C(300000) };
	/* A held slot is booked by its hold only, even by who holds it. */
	bool is_open = is_free(d, from, -1), ok;

	id_format(T_GRENOBLE, asked.office_id);
	ok = create(t, &asked);
	agree(t, ok, is_open, agent);
	if (ok)
		take(d, from, (struct cell){ .appointment = m.booked });
}

static void book_held(struct fixture *t, int agent, int h)
{
	struct appointment_new asked = { .desk = CODEC_NONE };
	bool is_mine = false;

	if (h >= m.held)
		return;
	for (int d = 0; d < DESKS; d++)
		for (int c = 0; c < CELLS; c++)
			is_mine |= m.cells[d][c].hold == h + 1 &&
				m.holds[h].agent == agent;
	memcpy(asked.hold_id, m.holds[h].id, ID_TEXT);
	if (!create(t, &asked)) {
		hold_true(is_refusal(&t->err));
		return;
	}
	hold_true(is_mine);
	for (int d = 0; d < DESKS; d++)
		for (int c = 0; c < CELLS; c++)
			if (m.cells[d][c].hold == h + 1)
				m.cells[d][c] = (struct cell){
					.appointment = m.booked };
}

static void cancel(struct fixture *t, int agent, int n)
{
	struct appointment_change asked = { .state = APPOINTMENT_CANCELLED,
		.cancelled_by = CANCELLED_BY_CAISSE };
	struct appointment_key key;

	if (n >= m.booked)
		return;
	memcpy(key.appointment_id, m.bookings[n].id, ID_TEXT);
	snprintf(asked.cancel_reason, sizeof(asked.cancel_reason), "panne");
	t->req.if_match = 1;
	if (!call(t, &api_appointment_update, appointment_update, &key, &asked)) {
		hold_true(!m.bookings[n].live || agent == 2);
		return;
	}
	hold_true(m.bookings[n].live && agent != 2);
	m.bookings[n].live = false;
	for (int d = 0; d < DESKS; d++)
		for (int c = 0; c < CELLS; c++)
			if (m.cells[d][c].appointment == n + 1)
				m.cells[d][c].appointment = 0;
}

static void get(struct fixture *t, int agent, int n)
{
	struct appointment_key key;
	const struct appointment *found;

	if (n >= m.booked)
		return;
	memcpy(key.appointment_id, m.bookings[n].id, ID_TEXT);
	if (!call(t, &api_appointment_get, appointment_get, &key, NULL)) {
		hold_true(agent == 2 && is_refusal(&t->err));
		return;
	}
	found = rows_at(&t->out, 0);
	hold_true(agent != 2 && m.bookings[n].live ==
		  (found->state != APPOINTMENT_CANCELLED));
}

static void release(struct fixture *t, int agent, int h)
{
	struct hold_key key;

	if (h >= m.held)
		return;
	memcpy(key.hold_id, m.holds[h].id, ID_TEXT);
	if (call(t, &api_hold_delete, hold_delete, &key, NULL) &&
	    m.holds[h].agent == agent)
		let_go(h);
}

/* At the end the store and the model have the same cells taken for good. */
static void compare(struct fixture *t)
{
	int64_t taken = 0, live = 0;

	for (int d = 0; d < DESKS; d++)
		for (int c = 0; c < CELLS; c++)
			taken += m.cells[d][c].appointment != 0;
	for (int n = 0; n < m.booked; n++)
		live += m.bookings[n].live;
	hold_true(taken == live * NEEDED);
	hold_true(t_count(t, "SELECT COUNT(*) FROM cell WHERE appointment_id <> 0") ==
		  taken);
	hold_true(t_count(t, "SELECT COUNT(*) FROM appointment") == m.booked);
}

static void play(struct fixture *t, const uint8_t *data)
{
	int agent = data[0] / CALLS % 3, d = data[1] % DESKS;
	int from = data[1] / DESKS % (CELLS - NEEDED + 1), which = data[2] % CALLS_MOST;

	become(t, agent);
	expire(t->req.now_ms);
	switch (data[0] % CALLS) {
	case HOLD:
		hold_slot(t, agent, d, from);
		break;
	case BOOK:
		book(t, agent, d, from);
		break;
	case BOOK_HELD:
		book_held(t, agent, which);
		break;
	case CANCEL:
		cancel(t, agent, which);
		break;
	case GET:
		get(t, agent, which);
		break;
	case RELEASE:
		release(t, agent, which);
		break;
	default:
		t_now(t, t->req.now_ms + which * INT64_C(10000));
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fixture *t = desk();

	for (size_t i = 0; i + 3 <= size && i < 3 * CALLS_MOST; i += 3)
		play(t, data + i);
	compare(t);
	return 0;
}
