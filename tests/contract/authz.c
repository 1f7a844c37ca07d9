/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The authorisation table, cell by cell: every operation, by every role, in a
 * file of the agent's caisse, in one of another caisse, and in one of another
 * caisse that break-glass has opened. */
#include "contract.h"

#include <stdio.h>
#include <string.h>

struct agent {
	const char *login;
	int role;                       /* enum role */
	char token[64];
	char contact_id[ID_TEXT];       /* in the desk's file, by break-glass */
};

struct cell {
	const struct api_op *op;
	struct agent *agent;
	struct sample sample;
	struct raw_answer answer;
};

/* What is asked for is of one file, or of one agent. */
static bool names_something(const struct api_op *op)
{
	return op->flags & (API_CONTACT | API_KEYED) || strchr(op->path, '{');
}

/* The token that was used says nothing any more. */
static bool ends_session(const struct api_op *op)
{
	return op == &api_session_delete || op == &api_session_unlock;
}

static void send(struct desk *desk, struct cell *cell)
{
	const struct change change = { .token = cell->agent->token };

	sample_send(desk, &cell->sample, &change, &cell->answer);
}

static void expect_refused(struct cell *cell, const char *code)
{
	expect_problem(cell->op, &cell->answer, 403, code);
}

/* Allowed: done, unless a rule of the thing itself has it done already. */
static void expect_done(struct cell *cell)
{
	int status = cell->answer.status;

	if (status >= 300 && status != 409 && status != 422)
		fail_msg("%s by %s: %d %s", cell->op->name, cell->agent->login,
			 status, buf_cstr(&cell->answer.body));
	expect_clean(cell->op, &cell->answer);
	buf_fini(&cell->answer.body);
}

/* Nothing is found, nothing is done, nothing is told. */
static void expect_nothing(const struct desk *desk, struct cell *cell)
{
	const struct api_op *op = cell->op;
	int status = cell->answer.status;
	bool absent = status == 400 || status == 403 || status == 404;

	/* what one does not hold is given back already */
	if (op == &api_hold_delete)
		absent = status == 204;
	/* asks for a file that is the agent's own to look for */
	if (op == &api_break_glass_create)
		absent = status == 409 || status == 429 || status == 403;
	if (names_something(op) ? !absent : status >= 300)
		fail_msg("%s by %s: %d", op->name, cell->agent->login, status);
	/* who was let in is told so by the queue and the trace of their own */
	if (!*cell->agent->contact_id && cell->answer.body.size > 0 &&
	    strstr(buf_cstr(&cell->answer.body), desk->file.insured_id))
		fail_msg("%s tells %s of another caisse", op->name,
			 cell->agent->login);
	expect_clean(op, &cell->answer);
	buf_fini(&cell->answer.body);
}

/* The agent is the desk while the sample is made, unless they may not. */
static void in_own_caisse(struct desk *desk, struct cell *cell)
{
	bool may = cell->op->roles & 1u << cell->agent->role;

	if (may)
		desk_become(desk, cell->agent->token, cell->agent->role);
	assert_true(sample_make(desk, cell->op, &cell->sample));
	/* The password may have been given again for it. */
	if (may)
		memcpy(cell->agent->token, desk->token, sizeof(desk->token));
	if (ends_session(cell->op))
		desk_sign_in(desk, cell->agent->login, cell->agent->token);
	send(desk, cell);
	if (!may) {
		expect_refused(cell, "role.denied");
		return;
	}
	expect_done(cell);
	if (ends_session(cell->op))
		desk_sign_in(desk, cell->agent->login, cell->agent->token);
	desk_become(desk, NULL, ROLE_COUNTER);
}

static void in_other_caisse(struct desk *desk, struct cell *cell)
{
	assert_true(sample_make(desk, cell->op, &cell->sample));
	send(desk, cell);
	if (!(cell->op->roles & 1u << cell->agent->role))
		expect_refused(cell, "role.denied");
	else if (cell->op->flags & API_CONTACT)
		expect_refused(cell, "contact.needed");
	else
		expect_nothing(desk, cell);
	if (ends_session(cell->op))
		desk_sign_in(desk, cell->agent->login, cell->agent->token);
}

/* The contact is the agent's own, one for each cell. */
static void use_contact(struct desk *desk, struct cell *cell)
{
	struct contact_new contact = { .channel = CHANNEL_COUNTER, .reason = -1,
		.motive = -1 };
	struct sample *sample = &cell->sample;

	memcpy(contact.insured_id, desk->file.insured_id, ID_TEXT);
	api_set_token(desk->api, cell->agent->token);
	desk_open_contact(desk, &contact, sample->query.any);
	desk_get(desk, &(struct api_request){ .op = &api_contact_get,
		.query = sample->query.any });
	memcpy(sample->etag, desk->etag, sizeof(sample->etag));
	api_set_token(desk->api, desk->token);
}

static void by_break_glass(struct desk *desk, struct cell *cell)
{
	unsigned role = 1u << cell->agent->role;

	assert_true(sample_make(desk, cell->op, &cell->sample));
	memcpy(cell->sample.file.contact_id, cell->agent->contact_id, ID_TEXT);
	if (cell->op->query == &contact_key_codec)
		use_contact(desk, cell);
	send(desk, cell);
	if (!(cell->op->roles & role))
		expect_refused(cell, "role.denied");
	else if (cell->op->glass_roles & role)
		expect_done(cell);
	else if (cell->op->flags & API_CONTACT)
		expect_refused(cell, "perimeter.denied");
	else
		expect_nothing(desk, cell);
	if (ends_session(cell->op))
		desk_sign_in(desk, cell->agent->login, cell->agent->token);
}

/* Let the agent of Savoie into the desk's file. */
static void break_glass(struct desk *desk, struct agent *agent)
{
	static const struct break_glass_new body = { .nir = DESK_NIR,
		.reason = ACCESS_EMERGENCY, .reference = "T-1" };
	struct contact_new contact = { .channel = CHANNEL_COUNTER, .reason = -1,
		.motive = -1 };
	char key[UUID_TEXT];

	desk_confirm(desk, agent->token);
	api_set_token(desk->api, agent->token);
	uuid_new(key);
	memcpy(contact.insured_id, ((const struct access *)desk_get(desk,
		&(struct api_request){ .op = &api_break_glass_create,
			.body = &body, .key = key }))->insured_id, ID_TEXT);
	assert_string_equal(contact.insured_id, desk->file.insured_id);
	desk_open_contact(desk, &contact, agent->contact_id);
	api_set_token(desk->api, desk->token);
}

static int for_each_cell(struct desk *desk, struct agent agents[ROLE_N],
			 void (*check)(struct desk *desk, struct cell *cell))
{
	int cells = 0;

	for (size_t i = 0; api_ops[i]; i++) {
		if (api_ops[i]->flags & API_PUBLIC)
			continue;
		for (size_t r = 0; r < ROLE_N; r++, cells++)
			check(desk, &(struct cell){ .op = api_ops[i],
				.agent = &agents[r] });
	}
	return cells;
}

void every_cell_of_the_authorisation_table_holds(void **state)
{
	struct agent here[] = {
		{ .login = "j.petit", .role = ROLE_COUNTER },
		{ .login = "e.diallo", .role = ROLE_PHONE },
		{ .login = "b.colin", .role = ROLE_SUPERVISOR },
	}, there[] = {
		{ .login = "f.blanc", .role = ROLE_COUNTER },
		{ .login = "o.perrier", .role = ROLE_PHONE },
		{ .login = "d.masson", .role = ROLE_SUPERVISOR },
	};
	struct desk *desk = *state;
	int cells = 0;

	for (size_t i = 0; i < ROLE_N; i++) {
		desk_sign_in(desk, here[i].login, here[i].token);
		desk_sign_in(desk, there[i].login, there[i].token);
	}
	cells += for_each_cell(desk, here, in_own_caisse);
	cells += for_each_cell(desk, there, in_other_caisse);
	for (size_t i = 0; i < ROLE_N; i++)
		break_glass(desk, &there[i]);
	cells += for_each_cell(desk, there, by_break_glass);
	print_message("%d cells\n", cells);
}
