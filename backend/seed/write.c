/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Families to rows, in the order of the keys. */
#include "persona.h"

#include <guichet/base/clock.h>

static bool write_person(struct db *db, const struct seed_family *family,
			 const struct seed_person *person, struct err *err)
{
	return db_run(db, err, NULL,
		      "INSERT INTO person (caisse, id, file_id, kinship,"
		      " both_parents, sex, birth, birth_rank, nir, name, used_name,"
		      " first_names, birth_place, vitale_serial) VALUES ($1, $2,"
		      " $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
		      "iiiiiiiitttttt", (int64_t)family->caisse, person->id,
		      family->id, (int64_t)person->kinship,
		      (int64_t)person->both_parents, (int64_t)person->sex,
		      (int64_t)person->birth, (int64_t)person->rank, person->nir,
		      person->name, person->used_name, person->first_names,
		      person->birth_place, person->vitale);
}

static bool write_file(struct db *db, const struct seed_family *family,
		       struct err *err)
{
	return db_run(db, err, NULL,
		      "INSERT INTO file (caisse, id, centre, address1, address2,"
		      " postcode, city, phone, email, iban, account, c2s,"
		      " rights_from, rights_until, message, sensitive) VALUES"
		      " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
		      " $14, $15, $16)", "iittttttttiiiiti", (int64_t)family->caisse, family->id,
		      family->centre, family->address1, family->address2,
		      family->postcode, family->city, family->phone,
		      family->email, family->iban, (int64_t)family->account,
		      (int64_t)family->c2s, (int64_t)family->rights_from,
		      (int64_t)family->rights_until, family->message,
		      (int64_t)(family->persona && family->persona->sensitive));
}

static bool write_rights(struct db *db, const struct seed_family *family,
			 struct err *err)
{
	for (int at = 0; at < family->right_count; at++) {
		const struct seed_right *right = &family->rights[at];

		if (!db_run(db, err, NULL,
			    "INSERT INTO entitlement (caisse, file_id, id,"
			    " person_id, kind, label, from_day, to_day, organism,"
			    " number, noemie, rate_pct) VALUES ($1, $2, $3, $4, $5,"
			    " $6, $7, $8, $9, $10, $11, $12)", "iiiiitiittii",
			    (int64_t)family->caisse, family->id,
			    family->id + at, right->person_id,
			    (int64_t)right->kind, right->label,
			    (int64_t)right->from, (int64_t)right->to,
			    right->organism, right->number,
			    (int64_t)right->noemie, (int64_t)right->rate_pct))
			return false;
	}
	return true;
}

static bool write_cards(struct db *db, const struct seed_family *family,
			struct err *err)
{
	for (int at = 0; at < family->card_count; at++) {
		const struct seed_card *card = &family->cards[at];

		if (!db_run(db, err, NULL,
			    "INSERT INTO card (caisse, id, kind, state, file_id,"
			    " person_id, serial, ordered_day, from_day, to_day,"
			    " request_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
			    " $9, $10, $11)", "iiiiiitiiii",
			    (int64_t)family->caisse, card->id,
			    (int64_t)card->kind, (int64_t)card->state, family->id,
			    card->person_id, card->serial, (int64_t)card->ordered,
			    (int64_t)card->from, (int64_t)card->to,
			    card->request_id))
			return false;
	}
	return true;
}

static bool write_payments(struct db *db, const struct seed_batch *batch,
			   const struct seed_family *family, struct err *err)
{
	const struct seed_payment *payment =
		batch->payments + family->first_payment;
	const struct seed_payment *end = payment + family->payment_count;

	for (; payment < end; payment++) {
		struct db_blob lines = { batch->lines + payment->lines,
			payment->size };

		if (!db_run(db, err, NULL,
			    "INSERT INTO payment (caisse, file_id, id, person_id,"
			    " paid_day, kind, state, reason, payee,"
			    " professional_id, act_id, amount_cts, withheld_cts,"
			    " noemie, lines) VALUES ($1, $2, $3, $4, $5, $6, $7,"
			    " $8, $9, $10, $11, $12, $13, $14, $15)",
			    "iiiiiiiiiiiiiib", (int64_t)family->caisse,
			    family->id, payment->id, payment->person_id,
			    (int64_t)payment->paid_day, (int64_t)payment->kind,
			    (int64_t)payment->state, (int64_t)payment->reason,
			    (int64_t)payment->payee, payment->professional_id,
			    (int64_t)payment->act_id, payment->amount_cts,
			    payment->withheld_cts, (int64_t)payment->noemie,
			    &lines))
			return false;
	}
	return true;
}

/* A visit some weeks ago, closed as it should be. */
static bool write_contact(struct db *db, const struct seed_family *family,
			  const struct seed_world *world, struct err *err)
{
	struct rng rng = { family->rng.state };
	int64_t opened = (world->today - rng_between(&rng, 2, 200)) * DAY_MS +
		rng_between(&rng, 8 * 60, 15 * 60) * INT64_C(60000);
	int64_t closed = opened + rng_between(&rng, 90, 1500) * 1000;
	int agent = family->caisse == SEED_CAISSE ? 0 : 12;
	int reason = rng_between(&rng, 0, 2);
	int channel = rng_between(&rng, 0, 1);

	if (!family->contact)
		return true;
	if (channel == CHANNEL_PHONE)
		agent++;
	return db_run(db, err, NULL,
		      "INSERT INTO contact (caisse, id, file_id, agent_id,"
		      " office_id, channel, reason, reference, tier, proof,"
		      " document, tries, outcome, advised, note, opened_at,"
		      " closed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8,"
		      " $9, $10, 0, $11, $12, '', $13, $14)",
		      "iiiiiiiiiiiiii", (int64_t)family->caisse,
		      id_at(opened, (unsigned)family->index), family->id,
		      seed_agent_id(agent),
		      seed_office_id(seed_agents[agent].office),
		      (int64_t)channel, (int64_t)reason, (int64_t)TIER_STRONG,
		      (int64_t)(channel == CHANNEL_PHONE ? PROOF_VITALE :
				PROOF_DOCUMENT),
		      (int64_t)(channel == CHANNEL_PHONE ? -1 : DOCUMENT_ID_CARD),
		      (int64_t)OUTCOME_ANSWERED, (int64_t)CHANNEL_ONLINE, opened,
		      closed);
}

bool seed_write(struct db *db, const struct seed_world *world,
		const struct seed_batch *batch, struct err *err)
{
	for (int at = 0; at < batch->count; at++) {
		const struct seed_family *family = &batch->families[at];

		for (int rank = 0; rank < family->people_count; rank++) {
			if (!write_person(db, family, &family->people[rank], err))
				return false;
		}
		if (!write_file(db, family, err) ||
		    !write_rights(db, family, err) ||
		    !write_cards(db, family, err) ||
		    !write_contact(db, family, world, err) ||
		    !write_payments(db, batch, family, err))
			return false;
	}
	return true;
}
