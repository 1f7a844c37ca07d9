/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main job as the campaigns play it, and the crew that plays it. */
#include "worker.h"
#include "../contract/contract.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define REASON "VITALE"

/* A person being served. */
struct person {
	char insured_id[ID_TEXT], contact_id[ID_TEXT], appointment_id[ID_TEXT];
	char etag[48];                  /* of the appointment */
};

static uint64_t draw(struct worker *worker)
{
	worker->seed = worker->seed * 6364136223846793005u + 1442695040888963407u;
	return worker->seed >> 33;
}

static bool open_contact(struct worker *worker, struct person *p)
{
	struct contact_new body;

	codec_clear(&contact_new_codec, &body);
	memcpy(body.insured_id, p->insured_id, ID_TEXT);
	body.channel = CHANNEL_COUNTER;
	body.reason = CONTACT_PAYMENTS;
	return worker_write(worker, &(struct api_request){
		.op = &api_contact_create, .body = &body },
		p->insured_id, NULL, p->contact_id);
}

static bool prove(struct worker *worker, const struct person *p)
{
	struct contact_key key;
	struct proof_new body;

	codec_clear(&proof_new_codec, &body);
	body.kind = PROOF_DOCUMENT;
	body.document = DOCUMENT_ID_CARD;
	memcpy(key.contact_id, p->contact_id, ID_TEXT);
	return worker_write(worker, &(struct api_request){
		.op = &api_contact_prove, .query = &key, .body = &body },
		p->insured_id, p->contact_id, NULL);
}

bool worker_receive(struct worker *worker, const char *insured_id,
		    char contact[ID_TEXT])
{
	struct person p = { 0 };

	memcpy(p.insured_id, insured_id, ID_TEXT);
	if (!open_contact(worker, &p) || !prove(worker, &p))
		return false;
	memcpy(contact, p.contact_id, ID_TEXT);
	return true;
}

/* Any free slot: two who choose the same one learn it from a refusal. */
static bool choose_slot(struct worker *worker, struct slot *slot)
{
	struct slot_query query;

	codec_clear(&slot_query_codec, &query);
	snprintf(query.reason, sizeof(query.reason), REASON);
	query.limit = 200;
	if (!worker_call(worker, &(struct api_request){ .op = &api_slot_list,
			.query = &query }) || worker->rows.count == 0)
		return false;
	*slot = *(const struct slot *)rows_at(&worker->rows,
		draw(worker) % worker->rows.count);
	return true;
}

static bool book(struct worker *worker, struct person *p)
{
	struct appointment_new body;
	struct slot slot;

	if (!choose_slot(worker, &slot))
		return false;
	codec_clear(&appointment_new_codec, &body);
	memcpy(body.insured_id, p->insured_id, ID_TEXT);
	memcpy(body.office_id, slot.office_id, ID_TEXT);
	snprintf(body.reason, sizeof(body.reason), REASON);
	body.channel = CHANNEL_COUNTER;
	body.desk = slot.desk;
	body.starts_at = slot.starts_at;
	body.accept_warnings = true;
	if (!worker_write(worker, &(struct api_request){
			.op = &api_appointment_create, .body = &body,
			.contact = p->contact_id },
			p->insured_id, NULL, p->appointment_id))
		return false;
	memcpy(p->etag, worker->etag, sizeof(p->etag));
	return true;
}

static void cancel(struct worker *worker, const struct person *p)
{
	struct appointment_change body;
	struct appointment_key key;

	codec_clear(&appointment_change_codec, &body);
	body.state = APPOINTMENT_CANCELLED;
	body.cancelled_by = CANCELLED_BY_INSURED;
	memcpy(key.appointment_id, p->appointment_id, ID_TEXT);
	worker_write(worker, &(struct api_request){
		.op = &api_appointment_update, .query = &key, .body = &body,
		.etag = p->etag, .contact = p->contact_id },
		p->insured_id, p->appointment_id, NULL);
}

static void order_ehic(struct worker *worker, const struct person *p)
{
	struct ehic_order body;
	struct insured_key key;

	codec_clear(&ehic_order_codec, &body);
	memcpy(key.insured_id, p->insured_id, ID_TEXT);
	body.person_count = 1;
	memcpy(body.persons[0].id, p->insured_id, ID_TEXT);
	body.address_confirmed = true;
	worker_write(worker, &(struct api_request){ .op = &api_ehic_create,
		.query = &key, .body = &body, .contact = p->contact_id },
		p->insured_id, NULL, NULL);
}

static void report_vitale(struct worker *worker, const struct person *p)
{
	struct vitale_loss body;
	struct insured_key key;

	codec_clear(&vitale_loss_codec, &body);
	memcpy(key.insured_id, p->insured_id, ID_TEXT);
	memcpy(body.beneficiary_id, p->insured_id, ID_TEXT);
	body.kind = LOSS_LOST;
	body.declared_on_honour = true;
	body.address_confirmed = true;
	worker_write(worker, &(struct api_request){
		.op = &api_vitale_report_loss, .query = &key, .body = &body,
		.contact = p->contact_id }, p->insured_id, NULL, NULL);
}

static void close_contact(struct worker *worker, const struct person *p)
{
	struct contact_end body;
	struct contact_key key;
	char etag[48];

	memcpy(key.contact_id, p->contact_id, ID_TEXT);
	if (!worker_call(worker, &(struct api_request){ .op = &api_contact_get,
			.query = &key }))
		return;
	memcpy(etag, worker->etag, sizeof(etag));
	codec_clear(&contact_end_codec, &body);
	body.reason = CONTACT_RIGHTS;
	body.outcome = OUTCOME_ANSWERED;
	worker_write(worker, &(struct api_request){ .op = &api_contact_close,
		.query = &key, .body = &body, .etag = etag },
		p->insured_id, p->contact_id, NULL);
}

/* Ask for a file; what comes back is told, whoever's it is. */
static void look_at(struct worker *worker, const char *insured_id,
		    const char *contact_id)
{
	struct insured_key key;

	memcpy(key.insured_id, insured_id, ID_TEXT);
	if (worker_call(worker, &(struct api_request){ .op = &api_insured_get,
			.query = &key, .contact = contact_id }))
		history_put(worker->history, &(struct event_row){
			.event = EVENT_READ, .client = worker->login,
			.op = api_insured_get.name, .about = ((const struct insured *)
			rows_at(&worker->rows, 0))->id });
}

void worker_serve(struct worker *worker, const char *insured_id)
{
	struct person p = { 0 };

	memcpy(p.insured_id, insured_id, ID_TEXT);
	if (!open_contact(worker, &p))
		return;
	prove(worker, &p);
	look_at(worker, p.insured_id, p.contact_id);
	if (worker->foreign[0])
		look_at(worker, worker->foreign, p.contact_id);
	if (book(worker, &p))
		cancel(worker, &p);
	order_ehic(worker, &p);
	report_vitale(worker, &p);
	close_contact(worker, &p);
}

/* ---- the crew ---- */

const char *crew_login(int number)
{
	static const char *const logins[] = {
		"a.lefevre", "c.moreau", "j.petit", "l.faure", "n.roux",
		"p.garnier", "h.vial", "m.girard",
	};

	_Static_assert(N_ROWS(logins) == CREW_LOGINS, "each has a token");
	return logins[(size_t)number % N_ROWS(logins)];
}

/* Each has people of their own. */
struct people {
	char foreign[ID_TEXT];
	char (*own)[ID_TEXT];
	int count;
};

static void keep_id(void *self, const char *const *columns)
{
	struct people *people = self;

	people->own = realloc(people->own,
			      (size_t)(people->count + 1) * sizeof(*people->own));
	id_format(strtoll(columns[0], NULL, 10), people->own[people->count++]);
}

static void keep_foreign(void *self, const char *const *columns)
{
	id_format(strtoll(columns[0], NULL, 10), ((struct people *)self)->foreign);
}

static void find_people(const struct crew *crew, int number, struct people *people)
{
	char sql[256];

	snprintf(sql, sizeof(sql), "SELECT id FROM (SELECT id, row_number() OVER "
		 "(ORDER BY id) AS n FROM was.person WHERE id = file_id AND "
		 "caisse = 1381) WHERE n %% %d = %d", crew->size, number);
	site_rows(crew->site, sql, keep_id, people);
	site_rows(crew->site, "SELECT min(id) FROM was.person WHERE id = file_id "
		  "AND caisse = 1731", keep_foreign, people);
}

static bool has_enough(const struct crew *crew, int served)
{
	return crew->shared->stop || (crew->rounds && served >= crew->rounds) ||
		(crew->until && *crew->until >= crew->enough);
}

/* Add what one person brought to what the crew did. */
static void report(const struct crew *crew, struct worker *worker)
{
	crew->shared->writes += worker->done;
	crew->shared->unknown += worker->unknown;
	if (worker->slowest_ms > crew->shared->slowest_ms)
		crew->shared->slowest_ms = worker->slowest_ms;
	worker->done = worker->unknown = worker->slowest_ms = 0;
}

static void work(const struct crew *crew, int number, int ready)
{
	struct people people = { 0 };
	struct worker worker;

	find_people(crew, number, &people);
	worker_open_as(&worker, crew_login(number),
		       crew->tokens[number % CREW_LOGINS], crew->way,
		       crew->history);
	memcpy(worker.foreign, people.foreign, ID_TEXT);
	worker.waits = crew->waits;
	worker.seed = crew->seed * 64 + (uint64_t)number;
	if (write(ready, "r", 1) != 1)
		exit(1);
	close(ready);
	for (int i = 0; !has_enough(crew, i); i++) {
		worker_serve(&worker, people.own[i % people.count]);
		report(crew, &worker);
	}
	worker_close(&worker);
	free(people.own);
}

/* Several of the crew are one agent at several desks: one session each. */
static void sign_in(struct crew *crew)
{
	for (int i = 0; i < CREW_LOGINS && i < crew->size; i++) {
		struct worker worker;

		worker_open(&worker, crew_login(i), crew->site->server,
			    crew->way, crew->history);
		memcpy(crew->tokens[i], worker.token, sizeof(crew->tokens[i]));
		worker_close(&worker);
	}
}

void crew_start(struct crew *crew)
{
	pid_t parent = getpid();
	int ready[2], count = 0;
	char byte;

	crew->shared = mmap(NULL, sizeof(*crew->shared), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (crew->shared == MAP_FAILED || pipe(ready) != 0)
		exit(99);
	sign_in(crew);
	for (int i = 0; i < crew->size; i++) {
		crew->pids[i] = fork();
		if (crew->pids[i] != 0)
			continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
		close(ready[0]);
		work(crew, i, ready[1]);
		exit(0);
	}
	/* Whoever ends without a word closes the pipe all the same. */
	close(ready[1]);
	while (count < crew->size && read(ready[0], &byte, 1) == 1)
		count++;
	close(ready[0]);
	if (count == crew->size)
		return;
	fprintf(stderr, "crew: %d of %d began\n", count, crew->size);
	exit(1);
}

bool crew_wait(struct crew *crew)
{
	bool ok = true;

	for (int i = 0; i < crew->size; i++) {
		int status;

		if (waitpid(crew->pids[i], &status, 0) != crew->pids[i] || status)
			ok = false;
	}
	return ok;
}

bool crew_stop(struct crew *crew)
{
	crew->shared->stop = 1;
	return crew_wait(crew);
}
