/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that open for a while, from the refusal to the supervisor's word; and
 * what the trace keeps of it, in both caisses. */
#include "contract.h"

#include <guichet/base/clock.h>

#include <stdio.h>
#include <string.h>

#define SENSITIVE "1660438544102"       /* Gérard Blanc */
#define OF_SAVOIE "2570573065014"       /* Chantal Vionnet */
#define OWN "1960338053120"             /* Hugo Petit, j.petit */

/* Speak as that session until the next as(). */
static void as(struct desk *desk, const char *token)
{
	api_set_token(desk->api, token);
}

static void expect_refusal(const struct desk *desk, int status, const char *word)
{
	assert_false(desk->ok);
	assert_int_equal(desk->status, status);
	assert_string_equal(desk->err.word, word);
}

/* Try to open a contact about a file; *contact_id is "" when it was refused. */
static void try_contact(struct desk *desk, const char *insured_id,
			char contact_id[ID_TEXT])
{
	struct contact_new body = { .channel = CHANNEL_COUNTER, .reason = -1,
		.motive = -1 };
	char key[UUID_TEXT];

	uuid_new(key);
	memcpy(body.insured_id, insured_id, ID_TEXT);
	desk_call(desk, &(struct api_request){ .op = &api_contact_create,
		.body = &body, .key = key });
	contact_id[0] = '\0';
	if (desk->ok)
		memcpy(contact_id, ((const struct contact *)
			rows_at(&desk->rows, 0))->id, ID_TEXT);
}

static void read_head(struct desk *desk, const char *insured_id,
		      const char *contact_id)
{
	struct insured_key key;

	memcpy(key.insured_id, insured_id, ID_TEXT);
	desk_call(desk, &(struct api_request){ .op = &api_insured_get,
		.query = &key, .contact = contact_id });
}

static void grant(struct desk *desk, const char *insured_id, const char *agent)
{
	struct grant_new body = { .reason = ACCESS_COMPLAINT,
		.reference = "R-118" };
	char key[UUID_TEXT];

	uuid_new(key);
	memcpy(body.insured_id, insured_id, ID_TEXT);
	snprintf(body.agent, sizeof(body.agent), "%s", agent);
	desk_call(desk, &(struct api_request){ .op = &api_grant_create,
		.body = &body, .key = key });
}

static void decide(struct desk *desk, const char *review_id, int decision)
{
	const struct review_decision body = { .state = decision,
		.finding = FINDING_NONE };
	struct review_key review;
	char key[UUID_TEXT];

	uuid_new(key);
	memcpy(review.review_id, review_id, ID_TEXT);
	desk_call(desk, &(struct api_request){ .op = &api_review_decide,
		.query = &review, .body = &body, .key = key });
}

void a_sensitive_file_opens_until_a_supervisor_says_no(void **state)
{
	const struct password_check wrong = { .password = "not-this-one" };
	struct desk *desk = *state;
	char agent[64], giver[64], judge[64];
	char file[ID_TEXT], contact[ID_TEXT], review[ID_TEXT];

	desk_sign_in(desk, "n.roux", agent);
	desk_sign_in(desk, "m.girard", giver);
	desk_sign_in(desk, "b.colin", judge);
	snprintf(file, sizeof(file), "%s", desk_find(desk, SENSITIVE));
	as(desk, agent);
	try_contact(desk, file, contact);
	expect_refusal(desk, 403, "file.sensitive");

	as(desk, giver);
	grant(desk, file, "n.roux");
	expect_refusal(desk, 403, "reauth.needed");
	desk_call(desk, &(struct api_request){ .op = &api_session_unlock,
		.body = &wrong });
	expect_refusal(desk, 422, "password.refused");
	grant(desk, file, "n.roux");
	expect_refusal(desk, 403, "reauth.needed");
	desk_confirm(desk, giver);
	as(desk, giver);
	grant(desk, file, "n.roux");
	assert_true(desk->ok);
	snprintf(review, sizeof(review), "%s", ((const struct access *)
		rows_at(&desk->rows, 0))->review_id);

	as(desk, agent);
	try_contact(desk, file, contact);
	assert_true(desk->ok);
	read_head(desk, file, contact);
	assert_true(desk->ok);

	as(desk, giver);
	decide(desk, review, REVIEW_JUSTIFIED);
	expect_refusal(desk, 403, "review.own");
	as(desk, judge);
	decide(desk, review, REVIEW_UNJUSTIFIED);
	assert_true(desk->ok);
	assert_true(((const struct review *)rows_at(&desk->rows, 0))->reads > 0);
	as(desk, agent);
	read_head(desk, file, contact);
	expect_refusal(desk, 403, "access.ended");
	try_contact(desk, file, contact);
	expect_refusal(desk, 403, "file.sensitive");
	as(desk, desk->token);
}

void ones_own_file_stays_closed(void **state)
{
	struct desk *desk = *state;
	char agent[64], file[ID_TEXT], contact[ID_TEXT];

	snprintf(file, sizeof(file), "%s", desk_find(desk, OWN));
	desk_sign_in(desk, "j.petit", agent);
	as(desk, agent);
	try_contact(desk, file, contact);
	as(desk, desk->token);
	expect_refusal(desk, 403, "file.own");
}

/* Lines of the trace about a file, by an operation, as a supervisor reads it. */
static size_t count_lines(struct desk *desk, const char *user,
			  const char *insured_id, const char *operation)
{
	struct journal_query query;
	char token[64];

	desk_sign_in(desk, user, token);
	as(desk, token);
	codec_clear(&journal_query_codec, &query);
	memcpy(query.insured_id, insured_id, ID_TEXT);
	snprintf(query.operation, sizeof(query.operation), "%s", operation);
	desk_get(desk, &(struct api_request){ .op = &api_journal_list,
		.query = &query });
	as(desk, desk->token);
	return desk->rows.count;
}

void both_caisses_know_what_was_read_by_break_glass(void **state)
{
	static const struct break_glass_new body = { .nir = OF_SAVOIE,
		.reason = ACCESS_PASSING, .reference = "T-77" };
	struct desk *desk = *state;
	char agent[64], key[UUID_TEXT], file[ID_TEXT], contact[ID_TEXT];
	const struct journal_line *line;

	desk_sign_in(desk, "p.garnier", agent);
	desk_confirm(desk, agent);
	as(desk, agent);
	uuid_new(key);
	memcpy(file, ((const struct access *)desk_get(desk,
		&(struct api_request){ .op = &api_break_glass_create,
			.body = &body, .key = key }))->insured_id, ID_TEXT);
	try_contact(desk, file, contact);
	assert_true(desk->ok);
	read_head(desk, file, contact);
	assert_true(desk->ok);
	assert_string_equal(((const struct insured *)
		rows_at(&desk->rows, 0))->caisse, "01731");
	as(desk, desk->token);

	assert_int_equal(count_lines(desk, "b.colin", file, "insured.get"), 1);
	line = rows_at(&desk->rows, 0);
	assert_string_equal(line->agent, "p.garnier");
	assert_int_equal(line->motive, MOTIVE_VISIT);
	assert_memory_equal(line->reference, "VISITE-", 7);
	assert_int_equal(count_lines(desk, "d.masson", file, "insured.get"), 1);
	/* others were let in before */
	assert_true(count_lines(desk, "d.masson", file,
				"break_glass.create") >= 1);
}

/* By hand, with a body that nobody will read. */
static void try_attachment(struct desk *desk, const char *token)
{
	static const char file[1 << 20];
	const struct change change = { .token = token, .body = file,
		.body_size = sizeof(file), .direct = true };
	struct raw_answer answer;
	struct sample sample;

	assert_true(sample_make(desk, &api_attachment_put, &sample));
	sample_send(desk, &sample, &change, &answer);
	expect_problem(sample.op, &answer, 403, "role.denied");
}

/* Lines of what was refused to an agent, the last first. */
static void list_refusals(struct desk *desk, const char *agent)
{
	struct journal_query query;
	char token[64];

	desk_sign_in(desk, "b.colin", token);
	as(desk, token);
	codec_clear(&journal_query_codec, &query);
	query.refused = true;
	snprintf(query.agent, sizeof(query.agent), "%s", agent);
	desk_get(desk, &(struct api_request){ .op = &api_journal_list,
		.query = &query });
	as(desk, desk->token);
}

static void expect_attempt(struct desk *desk, size_t i, const char *operation,
			   const char *insured_id)
{
	const struct journal_line *line;

	assert_true(i < desk->rows.count);
	line = rows_at(&desk->rows, i);
	assert_string_equal(line->operation, operation);
	assert_string_equal(line->insured_id, insured_id);
	assert_int_equal(line->status, 403);
}

void an_attempt_without_the_right_is_in_the_trace(void **state)
{
	struct desk *desk = *state;
	struct journal_query all;
	char agent[64];

	desk_sign_in(desk, "s.benali", agent);
	as(desk, agent);
	read_head(desk, desk->file.insured_id, NULL);
	expect_refusal(desk, 403, "contact.needed");
	codec_clear(&journal_query_codec, &all);
	desk_call(desk, &(struct api_request){ .op = &api_journal_list,
		.query = &all });
	expect_refusal(desk, 403, "role.denied");
	as(desk, desk->token);
	try_attachment(desk, agent);

	list_refusals(desk, "s.benali");
	expect_attempt(desk, 0, "attachment.put", "");
	expect_attempt(desk, 1, "journal.list", "");
	expect_attempt(desk, 2, "insured.get", desk->file.insured_id);
}
