/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peer.h"

#include "../unit/unit.h"

#include <guichet/api/client.h>
#include <guichet/api/ops.h>
#include <guichet/base/clock.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIMIT_MS 20000

#define UNKNOWN "serveur non reconnu : certificat refusé"
#define EXPIRED "certificat du serveur périmé : prévenez le support"
#define EARLY "certificat du serveur pas encore valable : vérifiez l'heure de ce poste"
#define REVOKED "certificat du serveur révoqué : prévenez le support"
#define OTHER_KEY "serveur non reconnu : sa clé n'est pas celle attendue"
#define NO_STATION "certificat de ce poste absent, illisible ou refusé : " \
	"prévenez le support"
#define NO_TLS "connexion sécurisée impossible : prévenez le support"
#define CUT "liaison coupée avec le serveur : réessayez"
#define UNREADABLE "autorités de certification illisibles"

enum who { GOOD, OTHER_NAME, PAST, FUTURE, STRANGER, ALONE, STATION_LIKE, REVOKED_ONE,
	STATION, FOREIGN_STATION, PEOPLE };

struct world {
	struct pair own, foreign, people[PEOPLE];
	char folder[64];
	char ca[96], crl[96], no_crl[96], cert[2][96], key[2][96], open_key[96];
	char pins[3][160];              /* the good one second, none, no pin */
};
static struct world world;

static void in_folder(char out[96], const char *name)
{
	snprintf(out, 96, "%s/%s", world.folder, name);
}

static void make_people(void)
{
	const struct wanted authority = { .authority = true };
	const struct wanted wanted[PEOPLE] = {
		[GOOD] = { .issuer = &world.own },
		[OTHER_NAME] = { .issuer = &world.own, .name = "caisse.example" },
		[PAST] = { .issuer = &world.own, .from_h = -48, .until_h = -1 },
		[FUTURE] = { .issuer = &world.own, .from_h = 1, .until_h = 48 },
		[STRANGER] = { .issuer = &world.foreign },
		[ALONE] = { .issuer = NULL },
		[STATION_LIKE] = { .issuer = &world.own, .client = true },
		[REVOKED_ONE] = { .issuer = &world.own },
		[STATION] = { .issuer = &world.own, .client = true },
		[FOREIGN_STATION] = { .issuer = &world.foreign, .client = true },
	};

	pair_make(&world.own, &authority);
	pair_make(&world.foreign, &authority);
	for (int i = 0; i < PEOPLE; i++)
		pair_make(&world.people[i], &wanted[i]);
}

static int setup(void **state)
{
	char good[80], other[80];

	(void)state;
	snprintf(world.folder, sizeof(world.folder), "/tmp/guichet-tls-XXXXXX");
	assert_non_null(mkdtemp(world.folder));
	make_people();
	in_folder(world.ca, "ca");
	in_folder(world.crl, "crl");
	in_folder(world.no_crl, "none");
	in_folder(world.open_key, "open");
	pair_write_cert(&world.own, world.ca);
	revoked_write(&world.own, &world.people[REVOKED_ONE], world.crl);
	for (int i = 0; i < 2; i++) {
		in_folder(world.cert[i], i ? "cert1" : "cert0");
		in_folder(world.key[i], i ? "key1" : "key0");
		pair_write_cert(&world.people[STATION + i], world.cert[i]);
		pair_write_key(&world.people[STATION + i], world.key[i]);
	}
	pair_write_key(&world.people[STATION], world.open_key);
	chmod(world.open_key, 0640);
	pair_pin(&world.people[GOOD], good, sizeof(good));
	pair_pin(&world.people[STRANGER], other, sizeof(other));
	snprintf(world.pins[0], sizeof(world.pins[0]), "%s;%s", other, good);
	snprintf(world.pins[1], sizeof(world.pins[1]), "%s", other);
	snprintf(world.pins[2], sizeof(world.pins[2]), "%s;%s;%s", good, good, good);
	return 0;
}

static int teardown(void **state)
{
	const char *const files[] = { world.ca, world.crl, world.cert[0],
		world.cert[1], world.key[0], world.key[1], world.open_key };

	(void)state;
	for (int i = 0; i < PEOPLE; i++)
		pair_free(&world.people[i]);
	pair_free(&world.own);
	pair_free(&world.foreign);
	for (size_t i = 0; i < N_ROWS(files); i++)
		unlink(files[i]);
	rmdir(world.folder);
	return 0;
}

struct told { bool done, ok; struct err err; };

static void on_reply(void *self, struct api_reply *reply)
{
	struct told *told = self;

	told->done = true;
	told->ok = reply->ok;
	told->err = reply->err;
}

/* Sign in, which sends a password: what must not reach anybody else. */
static void sign_in(const struct api_setup *setup, struct told *told)
{
	const struct login login = {
		.user = "a.lefevre", .password = "guichet-demo", .channel = -1,
	};
	struct api *api = api_open(setup, &told->err);
	int64_t end_ms = clock_mono_ms() + LIMIT_MS;
	struct loop_peer peer;
	struct owner owner;

	assert_non_null(api);
	peer = api_peer(api);
	owner_init(&owner);
	assert_true(api_call(api, &owner, 0, &(struct api_request){
			.op = &api_session_create, .body = &login },
		(struct api_sink){ .self = told, .done = on_reply }));
	while (!told->done) {
		assert_true(clock_mono_ms() < end_ms);
		peer.wait(peer.self, NULL, 0, 100);
		peer.deliver(peer.self);
	}
	owner_release(&owner);
	api_close(api);
}

#define TLS_1_1 "NORMAL:-VERS-ALL:+VERS-TLS1.1:%COMPAT:+SHA1:+SIGN-ALL"
#define WEAK "NORMAL:-VERS-ALL:+VERS-TLS1.2:-AEAD:-CIPHER-ALL:+AES-128-CBC:+AES-256-CBC"

static const struct row {
	const char *name;
	enum who who;
	const char *ca, *crl, *pins, *cert, *key;
	struct peer_manners manners;
	const char *says;
	bool reached;                   /* the request may have left */
} rows[] = {
	{ .name = "expired certificate", .who = PAST, .says = EXPIRED },
	{ .name = "not yet valid", .who = FUTURE, .says = EARLY },
	{ .name = "wrong host", .who = OTHER_NAME, .says = UNKNOWN },
	{ .name = "unknown authority", .who = STRANGER, .says = UNKNOWN },
	{ .name = "self-signed", .who = ALONE, .says = UNKNOWN },
	{ .name = "for a station, not a server", .who = STATION_LIKE,
	  .says = UNKNOWN },
	{ .name = "revoked", .who = REVOKED_ONE, .crl = world.crl, .says = REVOKED },
	{ .name = "no list of the revoked", .who = GOOD, .crl = world.no_crl,
	  .says = UNREADABLE },
	{ .name = "no authority", .who = GOOD, .ca = world.no_crl,
	  .says = UNREADABLE },
	{ .name = "wrong pin", .who = GOOD, .pins = world.pins[1],
	  .says = OTHER_KEY },
	{ .name = "TLS 1.1", .who = GOOD, .manners.priority = TLS_1_1,
	  .says = NO_TLS },
	{ .name = "TLS 1.2 without AEAD", .who = GOOD, .manners.priority = WEAK,
	  .says = NO_TLS },
	{ .name = "no client certificate, 1.3", .who = GOOD,
	  .manners.clients = &world.own, .says = NO_STATION },
	{ .name = "no client certificate, 1.2", .who = GOOD,
	  .manners = { .clients = &world.own,
		       .priority = "NORMAL:-VERS-ALL:+VERS-TLS1.2" },
	  .says = NO_TLS },
	{ .name = "foreign client certificate", .who = GOOD, .cert = world.cert[1],
	  .key = world.key[1], .manners.clients = &world.own,
	  .says = NO_STATION },
	{ .name = "closed in the handshake", .who = GOOD, .manners.hang_up = true,
	  .says = NO_TLS },
	{ .name = "answer without end", .who = GOOD, .manners.cut_answer = true,
	  .says = CUT, .reached = true },
	{ .name = "good, second pin, station", .who = GOOD, .crl = world.crl,
	  .pins = world.pins[0], .cert = world.cert[0], .key = world.key[0],
	  .manners.clients = &world.own, .says = NULL, .reached = true },
};

static bool try_row(const struct row *row)
{
	struct api_setup setup = {
		.ca_file = row->ca ? row->ca : world.ca, .crl_file = row->crl,
		.pins = row->pins, .cert_file = row->cert, .key_file = row->key,
		.connect_timeout_s = 5, .timeout_s = 10,
	};
	struct told told = { 0 };
	struct peer peer;
	long bytes;
	bool ok;

	peer_start(&peer, &world.people[row->who], &row->manners);
	setup.server = peer.server;
	sign_in(&setup, &told);
	peer_stop(&peer);
	bytes = atomic_load(&peer.bytes);
	ok = !told.ok && (bytes > 0) == row->reached && (row->says ?
		strcmp(told.err.text, row->says) == 0 :
		strcmp(told.err.word, "login.refused") == 0);
	printf("| %-27s | %5ld | %s |%s\n", row->name, bytes,
	       row->says ? told.err.text : "(answered)", ok ? "" : " WRONG");
	return ok;
}

static void only_a_recognised_server_is_told_anything(void **state)
{
	int wrong = 0;

	(void)state;
	printf("| server | bytes told | what the agent reads |\n"
	       "| --- | ---: | --- |\n");
	for (size_t i = 0; i < N_ROWS(rows); i++)
		wrong += !try_row(&rows[i]);
	assert_int_equal(wrong, 0);
}

static void a_key_that_others_may_read_is_refused(void **state)
{
	struct api_setup setup = {
		.server = "https://127.0.0.1:1", .cert_file = world.cert[0],
		.key_file = world.open_key, .connect_timeout_s = 5, .timeout_s = 10,
	};
	struct err err = { 0 };

	(void)state;
	assert_null(api_open(&setup, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_non_null(strstr(err.text, "chmod 600"));
}

static void what_is_no_pin_is_refused(void **state)
{
	const char *const pins[] = { "/etc/passwd", "sha256//abc", "sha1//x",
		world.pins[2] };

	(void)state;
	for (size_t i = 0; i < N_ROWS(pins); i++) {
		struct api_setup setup = {
			.server = "https://127.0.0.1:1", .pins = pins[i],
			.connect_timeout_s = 5, .timeout_s = 10,
		};
		struct err err = { 0 };

		assert_null(api_open(&setup, &err));
		assert_int_equal(err.code, ERR_INVALID);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_recognised_server_is_told_anything),
		cmocka_unit_test(a_key_that_others_may_read_is_refused),
		cmocka_unit_test(what_is_no_pin_is_refused),
	};

	/* Clients leave in the middle of a word. */
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests_name("tls", tests, setup, teardown);
}
