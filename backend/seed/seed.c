/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seed.h"
#include "../command.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define RING 4
#define CLOCK_MINUTE 642                /* 10:42, when the day is given */

#define OPT_STRUCT struct seed_options
static const struct option_def seed_option_defs[] = {
	{ .name = "db", .letter = 'd', OPT_TEXT(db), .def = "guichet.db",
	  .arg = N_("FICHIER"), .help = N_("base à créer"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "insured", .letter = 'n', OPT_INT(insured, 100, 5000000),
	  .def = "20000", .arg = N_("N"), .help = N_("nombre d'assurés"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "seed", .letter = 's', OPT_INT(seed, 0, 2000000000), .def = "1",
	  .arg = N_("N"), .help = N_("graine du tirage"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "months", .letter = 'm', OPT_INT(months, 3, 36), .def = "27",
	  .arg = N_("N"), .help = N_("mois de paiements"),
	  .flags = OPTION_COMMAND_LINE },
	{ .name = "today", OPT_TEXT(today), .def = "", .arg = N_("AAAA-MM-JJ"),
	  .help = N_("jour de la démonstration"),
	  .flags = OPTION_COMMAND_LINE | OPTION_HIDDEN },
	{ 0 },
};

/* The thread that makes families fills a ring of batches; the other empties it. */
struct works {
	struct seed_world world;
	struct seed_batch *ring[RING];
	int filled, emptied;            /* batches so far */
	bool stop;
	pthread_mutex_t lock;
	pthread_cond_t moved;
};

static struct seed_batch *next_empty(struct works *works)
{
	struct seed_batch *batch = NULL;

	pthread_mutex_lock(&works->lock);
	while (works->filled - works->emptied == RING && !works->stop)
		pthread_cond_wait(&works->moved, &works->lock);
	if (!works->stop)
		batch = works->ring[works->filled % RING];
	pthread_mutex_unlock(&works->lock);
	if (batch) {
		batch->count = 0;
		batch->payment_count = 0;
		batch->line_bytes = 0;
		batch->last = false;
	}
	return batch;
}

static void count_one(struct works *works, int *counter)
{
	pthread_mutex_lock(&works->lock);
	(*counter)++;
	pthread_cond_broadcast(&works->moved);
	pthread_mutex_unlock(&works->lock);
}

static int by_id(const void *left, const void *right)
{
	const struct seed_payment *a = left, *b = right;

	return a->id < b->id ? -1 : a->id > b->id;
}

static void finish_family(struct works *works, struct seed_batch *batch,
			  struct seed_family *family)
{
	struct seed_world *world = &works->world;

	if (!family->persona) {
		seed_contact_means(family);
		seed_file(world, family);
	}
	seed_rights(world, family);
	seed_cards(world, family);
	family->first_payment = batch->payment_count;
	seed_care(world, family, batch);
	seed_income(world, family, batch);
	seed_persona_payments(world, family, batch);
	if (family->payment_count)
		qsort(batch->payments + family->first_payment,
		      family->payment_count, sizeof(*batch->payments), by_id);
}

/* The two files of a couple have one address. */
static void make_household(struct works *works, struct seed_batch *batch,
			   struct seed_family *out[2], int files)
{
	struct seed_world *world = &works->world;

	if (!out[0]->persona)
		seed_address(world, out[0]);
	if (files == 2) {
		memcpy(out[1]->address1, out[0]->address1, sizeof(out[1]->address1));
		memcpy(out[1]->address2, out[0]->address2, sizeof(out[1]->address2));
		memcpy(out[1]->postcode, out[0]->postcode, sizeof(out[1]->postcode));
		memcpy(out[1]->city, out[0]->city, sizeof(out[1]->city));
	}
	for (int at = 0; at < files; at++)
		finish_family(works, batch, out[at]);
	batch->count += files;
}

static bool make_caisse(struct works *works, struct seed_batch **batch, int caisse,
			int first, int count)
{
	for (int made = 0; made < count;) {
		struct seed_family *out[2];
		int room = count - made < 2 ? 1 : 2;

		if (!*batch || (*batch)->count > SEED_BATCH - 2) {
			if (*batch)
				count_one(works, &works->filled);
			*batch = next_empty(works);
		}
		if (!*batch)
			return false;
		out[0] = &(*batch)->families[(*batch)->count];
		out[1] = out[0] + 1;
		room = seed_household(&works->world, caisse, first + made, room,
				      out);
		make_household(works, *batch, out, room);
		made += room;
	}
	return true;
}

static void *make_all(void *argument)
{
	struct works *works = argument;
	int insured = works->world.options.insured;
	int second = insured / SEED_SHARE_2;
	struct seed_batch *batch = NULL;

	if (make_caisse(works, &batch, SEED_CAISSE, 0, insured - second) &&
	    make_caisse(works, &batch, SEED_CAISSE_2, SEED_FIRST_2, second)) {
		batch->last = true;
		count_one(works, &works->filled);
	}
	return NULL;
}

static struct seed_batch *next_filled(struct works *works)
{
	struct seed_batch *batch;

	pthread_mutex_lock(&works->lock);
	while (works->filled == works->emptied)
		pthread_cond_wait(&works->moved, &works->lock);
	batch = works->ring[works->emptied % RING];
	pthread_mutex_unlock(&works->lock);
	return batch;
}

static void show_progress(int done, int all)
{
	static const char full[] = "########################################";
	int part = all ? (int)((int64_t)done * 40 / all) : 40;

	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r[%-40.*s] %3d %%", part, full,
		all ? (int)((int64_t)done * 100 / all) : 100);
	if (done >= all)
		fprintf(stderr, "\n");
}

static bool add_keys(struct keys *keys, struct db *db,
		     const struct seed_family *family, struct err *err)
{
	for (int at = 0; at < family->people_count; at++) {
		const struct seed_person *person = &family->people[at];

		keys_add(keys, &(struct keyed){ .caisse = family->caisse,
			.id = person->id, .birth = person->birth,
			.nir = person->nir, .old_nir = person->old_nir,
			.name = person->name, .used_name = person->used_name,
			.first_names = person->first_names,
			.phone = at ? "" : family->phone,
			.email = at ? "" : family->email });
	}
	return !keys_full(keys) || keys_write(keys, db, err);
}

static bool write_batches(struct works *works, struct db *db,
			  struct keys *keys, struct seed_requests *requests,
			  struct err *err)
{
	int done = 0, shown = -1, all = works->world.options.insured;
	bool last = false;

	while (!last) {
		struct seed_batch *batch = next_filled(works);

		if (!seed_write(db, &works->world, batch, err))
			return false;
		for (int at = 0; at < batch->count; at++) {
			seed_requests_add(requests, &batch->families[at]);
			if (!add_keys(keys, db, &batch->families[at], err))
				return false;
		}
		done += batch->count;
		last = batch->last;
		if (done * INT64_C(100) / all != shown) {
			shown = (int)(done * INT64_C(100) / all);
			show_progress(done, all);
		}
		count_one(works, &works->emptied);
	}
	return true;
}

static bool write_all(struct works *works, struct db *db, struct err *err)
{
	struct keys *keys = keys_new();
	struct seed_requests requests = { 0 };
	pthread_t maker;
	bool ok = false;

	if (pthread_create(&maker, NULL, make_all, works) != 0) {
		err_set(err, ERR_SYSTEM, _("pas assez de ressources"));
		goto out;
	}
	ok = write_batches(works, db, keys, &requests, err);
	pthread_mutex_lock(&works->lock);
	works->stop = true;
	pthread_cond_broadcast(&works->moved);
	pthread_mutex_unlock(&works->lock);
	pthread_join(maker, NULL);
	ok = ok && keys_write(keys, db, err) &&
		seed_requests_write(&requests, db, err) &&
		seed_agenda(db, &works->world, err);
out:
	free(requests.rows);
	keys_free(keys);
	return ok;
}

static bool is_empty(struct db *db, struct err *err)
{
	struct db_stmt *stmt = db_query(db, err, "SELECT code FROM caisse LIMIT 1",
					"");
	bool there;

	if (!stmt)
		return false;
	there = db_next(stmt, err);
	db_done(stmt);
	if (there)
		return err_set(err, ERR_CONFLICT,
			       _("la base contient déjà des données"));
	return err->code == ERR_NONE;
}

static bool fill(struct works *works, struct db *db, struct err *err)
{
	if (!db_migrate(db, err) || !is_empty(db, err) || !db_begin(db, err))
		return false;
	if (!seed_setup(db, &works->world, err) || !write_all(works, db, err)) {
		db_rollback(db);
		return false;
	}
	return db_commit(db, err);
}

static bool start_time(const struct seed_options *options, int64_t *now_ms,
		       struct err *err)
{
	struct date today;

	*now_ms = clock_now_ms();
	if (!options->today[0])
		return true;
	if (!date_from_iso(options->today, &today, err))
		return false;
	*now_ms = zone_moment(ZONE_PARIS, today, CLOCK_MINUTE);
	return true;
}

bool seed_run(const struct seed_options *options, struct err *err)
{
	struct works *works = mem_new(1, sizeof(*works));
	struct db *db = NULL;
	bool fresh = access(options->db, F_OK) != 0;
	int64_t now_ms;
	bool ok = false;

	pthread_mutex_init(&works->lock, NULL);
	pthread_cond_init(&works->moved, NULL);
	for (int at = 0; at < RING; at++)
		works->ring[at] = mem_new(1, sizeof(*works->ring[at]));
	if (!start_time(options, &now_ms, err))
		goto out;
	seed_world_init(&works->world, options, now_ms);
	db = db_open(options->db, DB_BULK, err);
	if (!db)
		goto out;
	ok = fill(works, db, err);
	if (!db_close(db, ok ? err : NULL))
		ok = false;
	if (!ok && fresh)               /* half a population is of no use */
		unlink(options->db);
out:
	seed_world_fini(&works->world);
	for (int at = 0; at < RING; at++) {
		free(works->ring[at]->payments);
		free(works->ring[at]->lines);
		free(works->ring[at]);
	}
	pthread_cond_destroy(&works->moved);
	pthread_mutex_destroy(&works->lock);
	free(works);
	return ok;
}

int seed_main(int argc, char **argv)
{
	struct seed_options options;
	struct err err = { 0 };

	if (command_help(seed_option_defs, argc, argv))
		return EX_OK;
	if (!command_options(seed_option_defs, &options, &argc, argv, &err))
		return command_fail(&err, EX_USAGE);
	if (argc > 1) {
		err_set(&err, ERR_INVALID, _("« %s » est de trop"), argv[1]);
		return command_fail(&err, EX_USAGE);
	}
	if (seed_run(&options, &err))
		return EX_OK;
	return command_fail(&err, err.code == ERR_INVALID ||
			    err.code == ERR_CONFLICT ? EX_DATAERR :
			    EX_CANTCREAT);
}
