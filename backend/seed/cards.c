/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards and the requests that made them, in every state. */
#include "seed.h"
#include "../request_store.h"

#include <guichet/base/text.h>

#include <stdio.h>

#define EHIC_ISSUER "8025000001"        /* 80, France, an issuer of test data */
#define EHIC_DAYS 730
#define CERTIFICATE_DAYS 91

static int64_t moment(int day, struct rng *rng)
{
	return day * DAY_MS + (int64_t)rng_between(rng, 8 * 3600, 15 * 3600) * 1000;
}

static struct seed_card *add_card(struct seed_world *world,
				  struct seed_family *family,
				  const struct seed_person *person, int kind,
				  int ordered)
{
	struct seed_card *card;

	if (family->card_count == SEED_CARDS_MAX)
		return NULL;
	card = &family->cards[family->card_count++];
	*card = (struct seed_card){ .person_id = person->id, .kind = kind };
	card->id = seed_id(world, ordered * DAY_MS);
	card->ordered = seed_number(world, ordered);
	if (kind == CARD_EHIC)
		snprintf(card->serial, sizeof(card->serial), EHIC_ISSUER "%010u",
			 world->serial);
	return card;
}

static struct seed_request *add_request(struct seed_world *world,
					struct seed_family *family,
					const struct seed_person *person,
					int kind, int day)
{
	struct rng *rng = &family->rng;
	struct seed_request *request;
	int agent;

	if (family->request_count == SEED_REQUESTS_MAX)
		return NULL;
	request = &family->requests[family->request_count++];
	*request = (struct seed_request){ .kind = (int8_t)kind };
	request->lodged_at = moment(day, rng);
	if (request->lodged_at > world->now_ms)
		request->lodged_at = world->now_ms - 1200000;
	request->updated_at = request->lodged_at;
	request->id = seed_id(world, request->lodged_at);
	request->file_id = family->id;
	request->person_id = person->id;
	request->caisse = (int16_t)family->caisse;
	request->year = (int16_t)(seed_number(world, day) / 10000);
	request->expected = seed_number(world, seed_open(world, day + 14));
	agent = family->caisse == SEED_CAISSE ? (int)rng_below(rng, 12) :
		12 + (int)rng_below(rng, 3);
	request->agent_id = rng_chance(rng, 550) ? 0 : seed_agent_id(agent);
	if (family->persona)            /* what a.lefevre has to follow up */
		request->agent_id = seed_agent_id(0);
	return request;
}

/* `state` was reached `days` after the request. */
static void reach(const struct seed_world *world, struct seed_family *family,
		  struct seed_request *request, int state, int days)
{
	int lodged = (int)(request->lodged_at / DAY_MS);
	int day = seed_open(world, lodged + days);

	request->state = (int8_t)state;
	if (days)
		request->updated_at = moment(day, &family->rng);
	if (request->updated_at > world->now_ms)
		request->updated_at = world->now_ms - 600000;
	if (request->updated_at < request->lodged_at)
		request->updated_at = request->lodged_at;
}

static void open_order(struct seed_request *request, int card_kind)
{
	request->open_order = true;
	request->card_kind = (int8_t)card_kind;
}

/* An order and its card; `state` of the card, `age` days after the order. */
static void ehic_order(struct seed_world *world, struct seed_family *family,
		       const struct seed_person *person, int state, int age)
{
	static const int request_states[CARD_STATE_N] = {
		[CARD_ORDERED] = REQUEST_RECEIVED, [CARD_MAKING] = REQUEST_MAKING,
		[CARD_SENT] = REQUEST_SENT, [CARD_ACTIVE] = REQUEST_DONE,
		[CARD_EXPIRED] = REQUEST_DONE, [CARD_CANCELLED] = REQUEST_CANCELLED,
		[CARD_LOST] = REQUEST_DONE, [CARD_STOLEN] = REQUEST_DONE,
		[CARD_FAULTY] = REQUEST_DONE,
	};
	int day = world->today - age;
	struct seed_card *card = add_card(world, family, person, CARD_EHIC, day);
	struct seed_request *request;

	if (!card)
		return;
	card->state = state;
	card->from = seed_number(world, day);
	card->to = seed_number(world, day + EHIC_DAYS - 1);
	if (age > 400 && state != CARD_ACTIVE && rng_chance(&family->rng, 500))
		return;                 /* ordered on line, not kept as a request */
	request = add_request(world, family, person, REQUEST_EHIC, day);
	if (!request)
		return;
	card->request_id = request->id;
	request->card_id = card->id;
	reach(world, family, request, request_states[state],
	      state == CARD_ORDERED ? 0 : state == CARD_MAKING ? 2 :
	      state == CARD_CANCELLED ? 3 : state == CARD_SENT ? 7 : 12);
	if (state <= CARD_SENT)
		open_order(request, CARD_EHIC);
}

static void certificate(struct seed_world *world, struct seed_family *family,
			const struct seed_person *person, int age)
{
	int day = world->today - age;
	struct seed_card *card = add_card(world, family, person,
					  CARD_CERTIFICATE, day);

	if (!card)
		return;
	card->state = age < CERTIFICATE_DAYS ? CARD_ACTIVE : CARD_EXPIRED;
	card->from = seed_number(world, day);
	card->to = seed_number(world, day + CERTIFICATE_DAYS);
}

static void loss(struct seed_world *world, struct seed_family *family,
		 const struct seed_person *person, int kind, int age)
{
	struct seed_request *request = add_request(world, family, person, kind,
						   world->today - age);

	if (request)
		reach(world, family, request, REQUEST_DONE, 0);
}

static void ehic(struct seed_world *world, struct seed_family *family,
		 const struct seed_person *person)
{
	struct rng *rng = &family->rng;
	int age = rng_between(rng, 40, 600);

	switch (person->ehic) {
	case EHIC_VALID:
		ehic_order(world, family, person, CARD_ACTIVE, age);
		break;
	case EHIC_ENDING:
		ehic_order(world, family, person, CARD_ACTIVE,
			   EHIC_DAYS - rng_between(rng, 8, 50));
		break;
	case EHIC_EXPIRED:
		ehic_order(world, family, person, CARD_EXPIRED,
			   EHIC_DAYS + rng_between(rng, 5, 400));
		if (rng_chance(rng, 150))
			certificate(world, family, person,
				    rng_between(rng, 2, 400));
		break;
	case EHIC_OPEN:
		ehic_order(world, family, person, CARD_ORDERED,
			   rng_between(rng, 0, 1));
		break;
	case EHIC_MAKING:
		ehic_order(world, family, person, CARD_MAKING,
			   rng_between(rng, 3, 6));
		if (rng_chance(rng, 300))
			certificate(world, family, person, 2);
		break;
	case EHIC_SENT:
		ehic_order(world, family, person, CARD_SENT,
			   rng_between(rng, 9, 12));
		break;
	case EHIC_LOST:
	case EHIC_STOLEN:
		ehic_order(world, family, person, person->ehic == EHIC_LOST ?
			   CARD_LOST : CARD_STOLEN, age + 60);
		loss(world, family, person, REQUEST_EHIC_LOSS, age);
		break;
	case EHIC_CANCELLED:
		ehic_order(world, family, person, CARD_CANCELLED, age);
		break;
	default:
		break;
	}
}

static void vitale_card(struct seed_world *world, struct seed_family *family,
			struct seed_person *person, int state, int age)
{
	struct seed_card *card = add_card(world, family, person, CARD_VITALE,
					  world->today - age);

	if (!card)
		return;
	card->state = state;
	card->from = seed_number(world, world->today - age + 15);
	if (person->vitale[0])
		text_copy(card->serial, sizeof(card->serial), person->vitale);
	else
		snprintf(card->serial, sizeof(card->serial), "%03u%07u",
			 rng_between(&family->rng, 100, 999), world->serial);
	if (state == CARD_ACTIVE)
		text_copy(person->vitale, sizeof(person->vitale), card->serial);
	else
		person->vitale[0] = '\0';
}

static void vitale_order(struct seed_world *world, struct seed_family *family,
			 const struct seed_person *person, int state, int age,
			 int missing)
{
	struct seed_request *request = add_request(world, family, person,
		REQUEST_VITALE, world->today - age);
	struct seed_card *card = NULL;

	if (!request)
		return;
	reach(world, family, request, state, age > 2 ? age - 2 : 0);
	request->missing = (int8_t)missing;
	open_order(request, CARD_VITALE);
	if (state == REQUEST_MAKING || state == REQUEST_SENT)
		card = add_card(world, family, person, CARD_VITALE,
				world->today - 2);
	if (card) {
		card->state = state == REQUEST_SENT ? CARD_SENT : CARD_MAKING;
		card->request_id = request->id;
		request->card_id = card->id;
	}
}

static void vitale(struct seed_world *world, struct seed_family *family,
		   struct seed_person *person)
{
	static const struct { int request, missing; } orders[] = {
		[VITALE_OPEN] = { REQUEST_WAITING_PIECES,
			PIECE_PHOTO | PIECE_IDENTITY },
		[VITALE_PHOTO] = { REQUEST_WAITING_PIECES, PIECE_PHOTO },
		[VITALE_CHECKING] = { REQUEST_CHECKING, 0 },
		[VITALE_REFUSED] = { REQUEST_REFUSED_PIECE, PIECE_PHOTO },
		[VITALE_MAKING] = { REQUEST_MAKING, 0 },
		[VITALE_SENT] = { REQUEST_SENT, 0 },
	};
	struct rng *rng = &family->rng;
	int mode = person->vitale_mode;
	int age = rng_between(rng, 60, 4000);

	if (mode == VITALE_ACTIVE) {
		vitale_card(world, family, person, CARD_ACTIVE, age);
	} else if (mode >= VITALE_OPEN && mode <= VITALE_SENT) {
		vitale_order(world, family, person, orders[mode].request,
			     rng_between(rng, 4, 20), orders[mode].missing);
	} else if (mode >= VITALE_LOST) {
		vitale_card(world, family, person, mode == VITALE_LOST ? CARD_LOST :
			    mode == VITALE_STOLEN ? CARD_STOLEN : CARD_FAULTY, age);
		loss(world, family, person, REQUEST_VITALE_LOSS, 12);
		vitale_order(world, family, person, REQUEST_WAITING_PIECES, 12,
			     PIECE_PHOTO | PIECE_IDENTITY);
	}
}

/* Requests that are about no card. */
static void others(struct seed_world *world, struct seed_family *family)
{
	static const int kinds[] = { REQUEST_ADDRESS, REQUEST_CERTIFICATE,
		REQUEST_C2S };
	static const int states[] = { REQUEST_DONE, REQUEST_DONE, REQUEST_DONE,
		REQUEST_CHECKING, REQUEST_RECEIVED, REQUEST_REFUSED,
		REQUEST_CANCELLED, REQUEST_PIECES_RECEIVED };
	struct rng *rng = &family->rng;
	struct seed_request *request;
	int age, state;

	if (!rng_chance(rng, 140))
		return;
	state = states[rng_below(rng, sizeof(states) / sizeof(*states))];
	age = state == REQUEST_DONE ? rng_between(rng, 20, 700) :
		rng_between(rng, 1, 15);
	request = add_request(world, family, &family->people[0],
			      kinds[rng_below(rng, 3)], world->today - age);
	if (request)
		reach(world, family, request, state,
		      state == REQUEST_RECEIVED ? 0 : 3);
}

void seed_cards(struct seed_world *world, struct seed_family *family)
{
	for (int at = 0; at < family->people_count; at++) {
		ehic(world, family, &family->people[at]);
		vitale(world, family, &family->people[at]);
	}
	others(world, family);
}
