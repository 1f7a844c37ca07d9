/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include <guichet/base/clock.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT_MS 20000

static void on_reply(void *self, struct api_reply *reply)
{
	struct desk *desk = self;

	desk->told = true;
	desk->ok = reply->ok;
	desk->status = reply->status;
	desk->err = reply->err;
	memcpy(desk->etag, reply->etag, sizeof(desk->etag));
	memcpy(desk->cursor, reply->cursor, sizeof(desk->cursor));
	if (strcmp(reply->err.word, "slot.taken") == 0)
		assert_true(api_problem_decode(reply, &slot_taken_codec,
					       &desk->taken, NULL));
	rows_move(&desk->rows, &reply->rows);
}

void desk_call(struct desk *desk, const struct api_request *request)
{
	struct loop_peer peer = api_peer(desk->api);
	int64_t end = clock_mono_ms() + LIMIT_MS;

	desk->told = false;
	assert_true(api_call(desk->api, &desk->owner, 0, request,
			     (struct api_sink){ .self = desk, .done = on_reply }));
	while (!desk->told) {
		assert_true(clock_mono_ms() < end);
		peer.wait(peer.self, NULL, 0, 100);
		peer.deliver(peer.self);
	}
}

const void *desk_get(struct desk *desk, const struct api_request *request)
{
	desk_call(desk, request);
	if (!desk->ok)
		fail_msg("%s: %d %s %s %s", request->op->name, desk->status,
			 desk->err.word, desk->err.field, desk->err.text);
	return rows_at(&desk->rows, 0);
}

void desk_sign_in(struct desk *desk, const char *user, char token[64])
{
	struct login login = { .password = DEMO_PASSWORD, .channel = -1 };

	snprintf(login.user, sizeof(login.user), "%s", user);
	snprintf(token, 64, "%s", ((const struct session *)desk_get(desk,
		&(struct api_request){ .op = &api_session_create,
			.body = &login }))->token);
}

const char *desk_find(struct desk *desk, const char *nir)
{
	struct search_query search;
	const struct search_answer *answer;

	snprintf(search.text, sizeof(search.text), "%s", nir);
	answer = desk_get(desk, &(struct api_request){
		.op = &api_insured_search, .body = &search });
	assert_int_equal(answer->count, 1);
	return answer->found[0].insured_id;
}

void desk_confirm(struct desk *desk, char token[64])
{
	const struct password_check body = { .password = DEMO_PASSWORD };

	api_set_token(desk->api, token);
	memcpy(token, ((const struct session *)desk_get(desk,
		&(struct api_request){ .op = &api_session_unlock,
			.body = &body }))->token, 64);
	api_set_token(desk->api, desk->token);
}

void desk_open_contact(struct desk *desk, const struct contact_new *contact,
		       char contact_id[ID_TEXT])
{
	const struct proof_new proof = {
		.kind = PROOF_DOCUMENT, .document = DOCUMENT_ID_CARD,
	};
	struct contact_key contact_key;
	char key[UUID_TEXT];

	uuid_new(key);
	memcpy(contact_id, ((const struct contact *)desk_get(desk,
		&(struct api_request){ .op = &api_contact_create,
			.body = contact, .key = key }))->id, ID_TEXT);
	memcpy(contact_key.contact_id, contact_id, ID_TEXT);
	uuid_new(key);
	desk_get(desk, &(struct api_request){ .op = &api_contact_prove,
		.query = &contact_key, .body = &proof, .key = key });
}

void desk_open_file(struct desk *desk, const char *nir, struct file *file)
{
	struct search_query search;
	struct contact_new contact = {
		.channel = CHANNEL_COUNTER, .reason = CONTACT_OTHER, .motive = -1,
	};
	const struct search_answer *answer;

	snprintf(search.text, sizeof(search.text), "%s", nir);
	answer = desk_get(desk, &(struct api_request){
		.op = &api_insured_search, .body = &search });
	assert_int_equal(answer->count, 1);
	memcpy(file->insured_id, answer->found[0].insured_id, ID_TEXT);
	memcpy(file->beneficiary_id, answer->found[0].beneficiary_id, ID_TEXT);
	memcpy(contact.insured_id, file->insured_id, ID_TEXT);
	desk_open_contact(desk, &contact, file->contact_id);
}

void desk_become(struct desk *desk, const char *token, int role)
{
	if (token) {
		memcpy(desk->own_token, desk->token, sizeof(desk->token));
		desk->own_file = desk->file;
		snprintf(desk->token, sizeof(desk->token), "%s", token);
	} else {
		memcpy(desk->token, desk->own_token, sizeof(desk->token));
	}
	api_set_token(desk->api, desk->token);
	desk->role = role;
	if (token)
		desk_open_file(desk, DESK_NIR, &desk->file);
	else
		desk->file = desk->own_file;
}

void desk_slot(struct desk *desk, const char *reason, struct slot *slot)
{
	struct slot_query query;

	codec_clear(&slot_query_codec, &query);
	snprintf(query.reason, sizeof(query.reason), "%s", reason);
	desk_get(desk, &(struct api_request){ .op = &api_slot_list,
		.query = &query });
	for (size_t i = 0; i < desk->rows.count; i++) {
		*slot = *(struct slot *)rows_at(&desk->rows, i);
		if (!slot->held)
			return;
	}
	fail_msg("no free slot for %s", reason);
}

/* A grey dot, as a JPEG (ITU T.81): header, frame, scan, end. */
static void make_photo(struct desk *desk)
{
	static const unsigned char jpeg[] = {
		0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 'J', 'F', 'I', 'F', 0x00,
		0x01, 0x01, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00,
		0xFF, 0xC0, 0x00, 0x0B, 0x08, 0x00, 0x01, 0x00, 0x01, 0x01,
		0x01, 0x11, 0x00,
		0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00,
		0x00, 0xFF, 0xD9,
	};
	FILE *file;

	snprintf(desk->photo, sizeof(desk->photo), "%s/photo.jpg",
		 desk->daemon.folder);
	file = fopen(desk->photo, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(jpeg, sizeof(jpeg), 1, file), 1);
	assert_int_equal(fclose(file), 0);
}

void desk_open(struct desk *desk)
{
	desk_open_with(desk, NULL);
}

void desk_open_with(struct desk *desk, const char *issuer)
{
	const struct login login = {
		.user = "a.lefevre", .password = DEMO_PASSWORD, .channel = -1,
	};
	const char *proxy = getenv("GUICHET_CONTRACT_SERVER");
	struct api_setup setup = { .connect_timeout_s = 3, .timeout_s = 10 };
	const struct session *session;

	memset(desk, 0, sizeof(*desk));
	desk->daemon.issuer = issuer;
	daemon_start(&desk->daemon, false);
	make_photo(desk);
	snprintf(desk->by_hand, sizeof(desk->by_hand), "%s",
		 proxy ? proxy : desk->daemon.server);
	setup.server = desk->daemon.server;
	desk->api = api_open(&setup, NULL);
	owner_init(&desk->owner);
	session = desk_get(desk, &(struct api_request){
		.op = &api_session_create, .body = &login });
	snprintf(desk->token, sizeof(desk->token), "%s", session->token);
	api_set_token(desk->api, desk->token);
	desk_open_file(desk, DESK_NIR, &desk->file);
}

void desk_close(struct desk *desk)
{
	owner_release(&desk->owner);
	api_close(desk->api);
	rows_fini(&desk->rows);
	daemon_stop(&desk->daemon);
}
