/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request that succeeds, for each operation of the table.  People are those
 * of docs/demo.md; each has in their file what the operation needs. */
#include "contract.h"

#include <guichet/base/clock.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WITH_TWO_CHILDREN "2850345234123"       /* Éléonore Dupont */
#define WITHOUT_EHIC "2600538544039"            /* Jeanne Lefebvre */
#define WITH_EHIC "2801138229012"               /* Claire Bernard */
#define WAITING_FOR_PHOTO "2910738185162"       /* Marie Dupont */
#define WITHOUT_VITALE "8970999114033"          /* Ioana Popescu */
#define SENSITIVE "1660438544102"               /* Gérard Blanc */
#define OF_SAVOIE "2570573065014"               /* Chantal Vionnet */

static void put_id(char *to, const char *id)
{
	snprintf(to, ID_TEXT, "%s", id);
}

static void in_file(struct desk *desk, struct sample *s, const char *nir)
{
	if (nir)
		desk_open_file(desk, nir, &s->file);
	else
		s->file = desk->file;
	if (s->op->query && api_path_names(s->op, "insured_id"))
		put_id(s->query.any, s->file.insured_id);
}

static void nothing(struct desk *desk, struct sample *s)
{
	(void)desk;
	(void)s;
}

static void file(struct desk *desk, struct sample *s)
{
	in_file(desk, s, NULL);
}

static void login(struct desk *desk, struct sample *s)
{
	(void)desk;
	*(struct login *)s->body.any = (struct login){
		.user = "c.moreau", .password = DEMO_PASSWORD, .channel = -1,
	};
}

/* Signing out ends the session that asks: another one than the desk's. */
static void other_session(struct desk *desk, struct sample *s)
{
	desk_sign_in(desk, "s.benali", s->token);
}

static void password(struct desk *desk, struct sample *s)
{
	other_session(desk, s);
	*(struct password_check *)s->body.any = (struct password_check){
		.password = DEMO_PASSWORD,
	};
}

static void federation(struct desk *desk, struct sample *s)
{
	(void)desk;
	*(struct federation_new *)s->body.any = (struct federation_new){
		.channel = CHANNEL_COUNTER,
	};
}

/* Of a sign-in that was just begun: the provider lets everybody in at once. */
static void federation_poll(struct desk *desk, struct sample *s)
{
	const struct federation_new body = { .channel = CHANNEL_COUNTER };

	snprintf(((struct federation_poll *)s->body.any)->handle, 64, "%s",
		 ((const struct federation *)desk_get(desk,
			&(struct api_request){ .op = &api_federation_start,
				.body = &body }))->handle);
}

static void search(struct desk *desk, struct sample *s)
{
	(void)desk;
	*(struct search_query *)s->body.any = (struct search_query){
		.text = WITH_TWO_CHILDREN,
	};
}

static void payments(struct desk *desk, struct sample *s)
{
	struct payment_query *query = (void *)s->query.any;

	in_file(desk, s, NULL);
	query->limit = 5;
	query->count = true;
}

static void payment(struct desk *desk, struct sample *s)
{
	struct payment_query query;
	const struct payment *first;

	in_file(desk, s, NULL);
	codec_clear(&payment_query_codec, &query);
	put_id(query.insured_id, s->file.insured_id);
	first = desk_get(desk, &(struct api_request){ .op = &api_payment_list,
		.query = &query, .contact = s->file.contact_id });
	assert_non_null(first);
	snprintf(((struct payment_key *)s->query.any)->payment_id,
		 PAYMENT_ID_TEXT, "%s", first->id);
}

static void new_contact(struct desk *desk, struct sample *s)
{
	struct contact_new *body = (void *)s->body.any;

	put_id(body->insured_id, desk->file.insured_id);
	body->channel = CHANNEL_COUNTER;
	body->reason = CONTACT_PAYMENTS;
}

/* A contact of its own, so that closing it troubles nobody. */
static void contact(struct desk *desk, struct sample *s)
{
	in_file(desk, s, WITH_TWO_CHILDREN);
	put_id(s->query.any, s->file.contact_id);
	desk_get(desk, &(struct api_request){ .op = &api_contact_get,
		.query = s->query.any });
	memcpy(s->etag, desk->etag, sizeof(s->etag));
}

static void contact_change(struct desk *desk, struct sample *s)
{
	struct contact_change *body = (void *)s->body.any;

	contact(desk, s);
	body->reason = CONTACT_RIGHTS;
}

static void contact_end(struct desk *desk, struct sample *s)
{
	struct contact_end *body = (void *)s->body.any;

	contact(desk, s);
	body->reason = CONTACT_RIGHTS;
	body->outcome = OUTCOME_ANSWERED;
}

static void proof(struct desk *desk, struct sample *s)
{
	struct proof_new *body = (void *)s->body.any;

	contact(desk, s);
	body->kind = PROOF_DOCUMENT;
	body->document = DOCUMENT_PASSPORT;
}

static void slots(struct desk *desk, struct sample *s)
{
	struct slot_query *query = (void *)s->query.any;

	(void)desk;
	snprintf(query->reason, sizeof(query->reason), "C2S");
	query->limit = 10;
}

static void new_hold(struct desk *desk, struct sample *s)
{
	struct hold_new *body = (void *)s->body.any;
	struct slot slot;

	in_file(desk, s, NULL);
	desk_slot(desk, "C2S", &slot);
	put_id(body->insured_id, s->file.insured_id);
	put_id(body->office_id, slot.office_id);
	snprintf(body->reason, sizeof(body->reason), "C2S");
	body->desk = slot.desk;
	body->starts_at = slot.starts_at;
}

/* Take a slot; its id goes to `id`. */
static void hold_one(struct desk *desk, char *id)
{
	struct sample hold;

	assert_true(sample_make(desk, &api_hold_create, &hold));
	put_id(id, ((const struct hold *)desk_get(desk,
		&(struct api_request){ .op = hold.op, .body = hold.body.any,
			.key = hold.key, .contact = hold.file.contact_id }))->id);
}

static void hold(struct desk *desk, struct sample *s)
{
	hold_one(desk, s->query.any);
}

static void new_appointment(struct desk *desk, struct sample *s)
{
	struct appointment_new *body = (void *)s->body.any;

	in_file(desk, s, NULL);
	put_id(body->insured_id, s->file.insured_id);
	hold_one(desk, body->hold_id);
	snprintf(body->reason, sizeof(body->reason), "C2S");
	body->channel = CHANNEL_COUNTER;
	body->accept_warnings = true;
}

static void appointments(struct desk *desk, struct sample *s)
{
	struct appointment_query *query = (void *)s->query.any;

	(void)desk;
	query->day = (struct date){ 2026, 11, 23 };
	query->limit = 3;
}

static void appointment(struct desk *desk, struct sample *s)
{
	struct sample made;

	assert_true(sample_make(desk, &api_appointment_create, &made));
	put_id(s->query.any, ((const struct appointment *)desk_get(desk,
		&(struct api_request){ .op = made.op, .body = made.body.any,
			.key = made.key,
			.contact = made.file.contact_id }))->id);
	memcpy(s->etag, desk->etag, sizeof(s->etag));
}

static void appointment_change(struct desk *desk, struct sample *s)
{
	struct appointment_change *body = (void *)s->body.any;

	appointment(desk, s);
	body->state = APPOINTMENT_CANCELLED;
	body->cancelled_by = CANCELLED_BY_INSURED;
	snprintf(body->cancel_reason, sizeof(body->cancel_reason), "empêchement");
}

static void ehic(struct desk *desk, struct sample *s)
{
	struct ehic_order *body = (void *)s->body.any;

	in_file(desk, s, WITHOUT_EHIC);
	body->person_count = 1;
	put_id(body->persons[0].id, s->file.beneficiary_id);
	body->address_confirmed = true;
	body->certificate = true;
	body->departure = (struct date){ 2026, 11, 27 };
}

static void ehic_loss(struct desk *desk, struct sample *s)
{
	struct ehic_loss *body = (void *)s->body.any;

	in_file(desk, s, WITH_EHIC);
	put_id(body->beneficiary_id, s->file.beneficiary_id);
	body->kind = LOSS_LOST;
	body->order = true;
	body->address_confirmed = true;
}

static void vitale(struct desk *desk, struct sample *s)
{
	struct vitale_order *body = (void *)s->body.any;

	in_file(desk, s, WITHOUT_VITALE);
	put_id(body->beneficiary_id, s->file.beneficiary_id);
	body->address_confirmed = true;
}

static void vitale_loss(struct desk *desk, struct sample *s)
{
	struct vitale_loss *body = (void *)s->body.any;

	in_file(desk, s, WITH_TWO_CHILDREN);
	put_id(body->beneficiary_id, s->file.beneficiary_id);
	body->kind = LOSS_STOLEN;
	body->declared_on_honour = true;
	body->address_confirmed = true;
}

/* The certificate of an order made for somebody who had none. */
static void certificate(struct desk *desk, struct sample *s)
{
	struct insured_key key;

	in_file(desk, s, WITHOUT_EHIC);
	put_id(key.insured_id, s->file.insured_id);
	desk_get(desk, &(struct api_request){ .op = &api_card_list,
		.query = &key, .contact = s->file.contact_id });
	for (size_t i = 0; i < desk->rows.count; i++) {
		const struct card *card = rows_at(&desk->rows, i);

		if (card->kind == CARD_CERTIFICATE)
			put_id(s->query.any, card->id);
	}
	assert_true(s->query.any[0] != '\0');
}

static void request(struct desk *desk, struct sample *s)
{
	struct request_query query;
	const struct request *first;

	in_file(desk, s, WAITING_FOR_PHOTO);
	codec_clear(&request_query_codec, &query);
	put_id(query.insured_id, s->file.insured_id);
	first = desk_get(desk, &(struct api_request){ .op = &api_request_list,
		.query = &query, .contact = s->file.contact_id });
	assert_non_null(first);
	put_id(s->query.any, first->id);
}

static void attachment(struct desk *desk, struct sample *s)
{
	struct attachment_key *key = (void *)s->query.any;

	request(desk, s);
	desk_get(desk, &(struct api_request){ .op = &api_request_get,
		.query = s->query.any, .contact = s->file.contact_id });
	memcpy(s->etag, desk->etag, sizeof(s->etag));
	snprintf(key->name, sizeof(key->name), "photo");
	s->path = desk->photo;
}

/* Who asks is a supervisor: the desk itself, or another session. */
static void supervisor(struct desk *desk, struct sample *s, const char *user)
{
	if (desk->role != ROLE_SUPERVISOR)
		desk_sign_in(desk, user, s->token);
}

static void break_glass(struct desk *desk, struct sample *s)
{
	struct break_glass_new *body = (void *)s->body.any;

	desk_confirm(desk, desk->token);
	snprintf(body->nir, sizeof(body->nir), OF_SAVOIE);
	body->reason = ACCESS_PASSING;
	snprintf(body->reference, sizeof(body->reference), "T-4711");
}

static void grant(struct desk *desk, struct sample *s)
{
	struct grant_new *body = (void *)s->body.any;

	supervisor(desk, s, "m.girard");
	desk_confirm(desk, *s->token ? s->token : desk->token);
	put_id(body->insured_id, desk_find(desk, SENSITIVE));
	snprintf(body->agent, sizeof(body->agent), "c.moreau");
	body->reason = ACCESS_COMPLAINT;
	snprintf(body->reference, sizeof(body->reference), "R-2026/118");
}

static void reviews(struct desk *desk, struct sample *s)
{
	supervisor(desk, s, "b.colin");
	((struct review_query *)(void *)s->query.any)->limit = 3;
}

/* A file that m.girard has opened, for another supervisor to look at. */
static void decision(struct desk *desk, struct sample *s)
{
	struct review_decision *body = (void *)s->body.any;
	struct sample made = { .op = &api_grant_create };
	int role = desk->role;

	uuid_new(made.key);
	codec_clear(&grant_new_codec, made.body.any);
	desk->role = ROLE_COUNTER;
	grant(desk, &made);
	desk->role = role;
	api_set_token(desk->api, made.token);
	put_id(s->query.any, ((const struct access *)desk_get(desk,
		&(struct api_request){ .op = made.op, .body = made.body.any,
			.key = made.key }))->review_id);
	api_set_token(desk->api, desk->token);
	supervisor(desk, s, "b.colin");
	body->state = REVIEW_JUSTIFIED;
	body->finding = FINDING_TASK;
}

static void reveal(struct desk *desk, struct sample *s)
{
	in_file(desk, s, NULL);
	((struct reveal_new *)(void *)s->body.any)->field = REVEAL_NIR;
}

static void journal(struct desk *desk, struct sample *s)
{
	supervisor(desk, s, "b.colin");
	((struct journal_query *)(void *)s->query.any)->limit = 5;
}

static const struct {
	const struct api_op *op;
	void (*make)(struct desk *desk, struct sample *sample);
} cases[] = {
	{ &api_session_create, login },
	{ &api_session_get, nothing },
	{ &api_session_delete, other_session },
	{ &api_session_unlock, password },
	{ &api_federation_start, federation },
	{ &api_federation_poll, federation_poll },
	{ &api_insured_search, search },
	{ &api_insured_get, file },
	{ &api_beneficiary_list, file },
	{ &api_right_list, file },
	{ &api_payment_list, payments },
	{ &api_payment_get, payment },
	{ &api_contact_create, new_contact },
	{ &api_contact_get, contact },
	{ &api_contact_update, contact_change },
	{ &api_contact_close, contact_end },
	{ &api_contact_prove, proof },
	{ &api_office_list, nothing },
	{ &api_reason_list, nothing },
	{ &api_slot_list, slots },
	{ &api_hold_create, new_hold },
	{ &api_hold_delete, hold },
	{ &api_appointment_create, new_appointment },
	{ &api_appointment_list, appointments },
	{ &api_appointment_get, appointment },
	{ &api_appointment_update, appointment_change },
	{ &api_appointment_paper, appointment },
	{ &api_card_list, file },
	{ &api_ehic_create, ehic },
	{ &api_ehic_report_loss, ehic_loss },
	{ &api_vitale_create, vitale },
	{ &api_vitale_report_loss, vitale_loss },
	{ &api_certificate_paper, certificate },
	{ &api_request_list, file },
	{ &api_request_follow, nothing },
	{ &api_request_get, request },
	{ &api_attachment_put, attachment },
	{ &api_request_paper, request },
	{ &api_break_glass_create, break_glass },
	{ &api_grant_create, grant },
	{ &api_review_list, reviews },
	{ &api_review_decide, decision },
	{ &api_insured_reveal, reveal },
	{ &api_journal_list, journal },
	{ NULL, NULL },
};

bool sample_make(struct desk *desk, const struct api_op *op,
		 struct sample *sample)
{
	int i = 0;

	memset(sample, 0, sizeof(*sample));
	sample->op = op;
	uuid_new(sample->key);
	if (op->query)
		codec_clear(op->query, sample->query.any);
	if (op->body)
		codec_clear(op->body, sample->body.any);
	while (cases[i].op && cases[i].op != op)
		i++;
	if (!cases[i].op)
		return false;
	cases[i].make(desk, sample);
	return true;
}
