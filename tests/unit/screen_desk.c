/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen_desk.h"
#include "unit.h"

#include "screens/app_private.h"
#include "screens/config.h"

#include <guichet/base/mem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Saturday 21 November 2026, 10:42 in Paris. */
#define T_NOW "2026-11-21T10:42:00+01:00"

static struct config config;

static void sign_in(struct app *app)
{
	struct session session = { .role = ROLE_COUNTER, .user = "a.lefevre",
		.display_name = "A. Lefèvre", .caisse = "01381",
		.caisse_name = "CPAM de l'Isère", .department = "38",
		.office_name = "Grenoble", .desk = "3", .token = "t",
		.channel = CHANNEL_COUNTER };

	app_signed_in(app, &session);
}

static int set_up(void **state, const char *drafts, FILE *out, int rows,
		  int columns)
{
	struct t *t = mem_new(1, sizeof(*t));
	struct option_state *states = mem_new(config_count(), sizeof(*states));
	struct ui_setup setup;
	struct err err = { 0 };
	int64_t now_ms;

	assert_true(moment_from_rfc3339(T_NOW, &now_ms, &err));
	clock_start_at(now_ms);
	option_defaults(config_options, &config, states);
	free(states);
	t->app = app_new(&config, &err);
	assert_non_null(t->app);
	text_copy(t->app->drafts, sizeof(t->app->drafts), drafts);
	t->api = t->app->api;
	sign_in(t->app);
	app_setup(t->app, &setup);
	setup.first_screen = "home";
	setup.idle_lock_s = 0;
	setup.offscreen = true;
	setup.rows = rows;
	setup.columns = columns;
	t->null = fopen("/dev/null", "w");
	setup.out = out ? out : t->null;
	t->ui = ui_open(&setup, &err);
	if (!t->ui)
		fail_msg("%s", err.text);
	t->app->ui = t->ui;
	ui_draft_key(t->ui, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
	ui_turn(t->ui);
	*state = t;
	return 0;
}

int t_setup(void **state)
{
	return set_up(state, "", NULL, 24, 80);
}

int t_setup_drafts(void **state)
{
	char folder[] = "/tmp/guichet-test-XXXXXX";

	assert_non_null(mkdtemp(folder));
	return set_up(state, folder, NULL, 24, 80);
}

int t_setup_on(void **state, FILE *out, int rows, int columns)
{
	return set_up(state, "", out, rows, columns);
}

int t_teardown(void **state)
{
	struct t *t = *state;

	ui_close(t->ui);
	t->app->ui = NULL;
	if (t->app->drafts[0])
		assert_int_equal(rmdir(t->app->drafts), 0);
	app_free(t->app);
	fclose(t->null);
	free(t);
	return 0;
}

void t_keys(struct t *t, const char *keys)
{
	ui_feed(t->ui, keys);
	ui_turn(t->ui);
}

void t_reply(struct t *t, const char *op, const char *json)
{
	struct err err = { 0 };

	if (!fake_answer(t->api, op, json, NULL, &err))
		fail_msg("%s: %s (%s)", op, err.text, err.field);
	ui_turn(t->ui);
}

void t_items(struct t *t, const char *op, const void *items, size_t count)
{
	const struct codec *codec = api_op_find(op)->reply;
	struct buf json;

	buf_init(&json, 1 << 20);
	buf_text(&json, "{\"items\":[");
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_text(&json, ",");
		assert_true(codec_encode(codec, (const char *)items + i * codec->size,
					 &json));
	}
	buf_text(&json, "],\"next_cursor\":null}");
	t_reply(t, op, buf_cstr(&json));
	buf_fini(&json);
}

void t_value(struct t *t, const char *op, const void *value)
{
	struct buf json;

	buf_init(&json, 1 << 20);
	assert_true(codec_encode(api_op_find(op)->reply, value, &json));
	t_reply(t, op, buf_cstr(&json));
	buf_fini(&json);
}

void t_done(struct t *t, const char *op)
{
	t_reply(t, op, NULL);
}

void t_refuse(struct t *t, const char *op, int status, const char *word,
	      const char *text, const char *problem)
{
	const enum err_code code = status == 409 || status == 412 ? ERR_CONFLICT
		: status == 401 || status == 403 ? ERR_DENIED : ERR_INVALID;

	if (!fake_refuse(t->api, op, status, code, word, text, problem))
		fail_msg("%s was not called", op);
	ui_turn(t->ui);
}

void t_file(struct t *t, const struct ui_screen *screen, const char *arg)
{
	app_open_file(ui_front(t->ui), T_INSURED,
		      screen->tabs ? screen : &screen_payments,
		      FILE_ASK_NOTHING, NULL);
	t_reply(t, "contact.create",
		"{\"id\":\"" T_CONTACT "\",\"insured_id\":\"" T_INSURED "\","
		"\"agent\":\"a.lefevre\",\"channel\":\"counter\",\"reason\":null,"
		"\"reference\":null,\"tier\":2,\"proof\":\"document\","
		"\"outcome\":null,\"advised\":null,\"note\":null,"
		"\"opened_at\":\"2026-11-21T10:42:00+01:00\",\"closed_at\":null,"
		"\"suggested_reason\":null,\"suggested_outcome\":null}");
	t_reply(t, "insured.get",
		"{\"id\":\"" T_INSURED "\",\"name\":\"DUPONT\",\"used_name\":\"MARTIN\","
		"\"first_names\":\"Éléonore\",\"sex\":\"f\",\"birth\":\"1985-03-14\","
		"\"birth_place\":\"Vienne\",\"nir\":\"2850345234123\",\"nir_key\":\"35\","
		"\"nir_masked\":\"2 85 03 45 *** ***\",\"nir_temporary\":false,"
		"\"caisse\":\"01381\",\"caisse_name\":\"CPAM de l'Isère\","
		"\"centre\":\"38544\",\"rights_open\":true,"
		"\"rights_until\":\"2026-12-31\",\"treating_doctor\":true,\"c2s\":\"no\","
		"\"exempt\":false,\"account\":true,\"address1\":\"12 rue des Lilas\","
		"\"address2\":null,\"postcode\":\"38000\",\"city\":\"Grenoble\","
		"\"phone\":\"0639980042\",\"email\":\"e.martin@example.org\","
		"\"iban_masked\":null,\"family_count\":2,\"message\":null,"
		"\"mask_tier\":0}");
	if (screen->tabs)
		return;
	ui_push(ui_front(t->ui), screen, arg);
	ui_turn(t->ui);
}

static char *dump(struct t *t)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	ui_dump(t->ui, out);
	fclose(out);
	return text;
}

/* No-break blanks are blanks for a test. */
static void plain(char *text)
{
	char *to = text;

	for (const char *from = text; *from; ) {
		if (memcmp(from, "\xc2\xa0", 2) == 0 && (from += 2))
			*to++ = ' ';
		else if (memcmp(from, "\xe2\x80\xaf", 3) == 0 && (from += 3))
			*to++ = ' ';
		else
			*to++ = *from++;
	}
	*to = '\0';
}

static bool shows(struct t *t, const char *text, bool print)
{
	char *screen = dump(t);
	bool there;

	plain(screen);
	there = strstr(screen, text);
	if (there != print)
		print_message("%s\n", screen);
	free(screen);
	return there;
}

void t_see(struct t *t, const char *text)
{
	if (!shows(t, text, true))
		fail_msg("« %s » is not on the screen", text);
}

void t_not(struct t *t, const char *text)
{
	if (shows(t, text, false))
		fail_msg("« %s » is on the screen", text);
}

void t_at(struct t *t, const char *text)
{
	char *screen = dump(t), *line = screen;
	int y, x;
	bool there;

	ui_cursor(t->ui, &y, &x);
	for (int i = 0; line && i < y; i++) {
		line = strchr(line, '\n');
		if (line)
			line++;
	}
	assert_non_null(line);
	line[strcspn(line, "\n")] = '\0';
	plain(line);
	there = strstr(line, text);
	if (!there)
		print_message("the cursor is on: %s\n", line);
	free(screen);
	if (!there)
		fail_msg("the cursor is not on « %s »", text);
}
