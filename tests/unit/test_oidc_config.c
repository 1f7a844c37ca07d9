/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The identity provider as an operator describes it: what is missing or unsafe is
 * told before anybody signs in. */
#include "unit.h"

#include "oidc/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ID "client-id = guichet\n"
#define HTTPS "issuer = https://identite.example\n" ID

struct t { char folder[32], path[48], beside[48]; };

static int setup(void **state)
{
	struct t *t = calloc(1, sizeof(*t));

	snprintf(t->folder, sizeof(t->folder), "/tmp/guichet-oidc-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	snprintf(t->path, sizeof(t->path), "%s/oidc", t->folder);
	snprintf(t->beside, sizeof(t->beside), "%s/beside", t->folder);
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct t *t = *state;

	unlink(t->path);
	unlink(t->beside);
	rmdir(t->folder);
	free(t);
	return 0;
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void a_provider_that_is_not_whole_is_refused(void **state)
{
	static const struct { const char *text, *said; } rows[] = {
		{ "", "issuer" }, { ID, "issuer" },
		{ "issuer = https://identite.example\n", "client-id" },
		{ "issuer = http://identite.example\n" ID, "https" },
		{ "issuer = https://\n" ID, "https" },
		{ "issuer = https://a@identite.example\n" ID, "https" },
		{ "issuer = http://localhost.example\n" ID, "https" },
		{ HTTPS "scope = profile\n", "openid" },
		{ HTTPS "secret-file = /nowhere/secret\n", "/nowhere/secret" },
		{ HTTPS "secret-file = /dev/null\n", "vide" },
		{ HTTPS "secret-file = /dev/zero\n", "illisible" },
		{ HTTPS, "ca-file" },
		{ HTTPS "ca-file = /nowhere/ca\n", "/nowhere/ca" },
		{ HTTPS "colour = blue\n", "colour" },
	};
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		struct oidc_config config;
		struct err err = { 0 };

		write_file(t->path, rows[i].text);
		if (oidc_config_load(&config, t->path, &err) ||
		    !strstr(err.text, rows[i].said))
			fail_msg("row %zu: %s", i, err.text);
		/* Where to look. */
		assert_non_null(strstr(err.text, t->path));
		assert_string_equal(config.secret, "");
		assert_null(config.ca);
	}
}

static void a_file_that_is_not_there_is_told(void **state)
{
	struct oidc_config config;
	struct err err = { 0 };

	(void)state;
	assert_false(oidc_config_load(&config, "/nowhere/oidc", &err));
	assert_int_equal(err.code, ERR_SYSTEM);
}

static void a_secret_ends_with_its_line(void **state)
{
	static const char *const files[] = {
		"un secret", "un secret\n", "un secret\r\n", "un secret\nsuite",
	};
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(files); i++) {
		struct oidc_config config;
		struct err err = { 0 };
		char text[200];

		snprintf(text, sizeof(text), "issuer = http://127.0.0.1:8\n" ID
			 "secret-file = %s\n", t->beside);
		write_file(t->path, text);
		write_file(t->beside, files[i]);
		assert_true(oidc_config_load(&config, t->path, &err));
		assert_string_equal(config.secret, "un secret");
		/* Of this machine: no authority is needed. */
		assert_null(config.ca);
		oidc_config_fini(&config);
		assert_string_equal(config.secret, "");
	}
}

static void the_authority_is_read_with_the_rest(void **state)
{
	struct t *t = *state;
	struct oidc_config config;
	struct err err = { 0 };
	char text[200];

	snprintf(text, sizeof(text), HTTPS "ca-file = %s\n", t->beside);
	write_file(t->path, text);
	write_file(t->beside, "-----BEGIN CERTIFICATE-----\n");
	assert_true(oidc_config_load(&config, t->path, &err));
	assert_string_equal(config.ca, "-----BEGIN CERTIFICATE-----\n");
	assert_string_equal(config.claim, "preferred_username");
	/* What the provider says of itself stays under https too. */
	assert_true(oidc_address_ok(&config, "https://identite.example/jeton"));
	assert_false(oidc_address_ok(&config, "http://identite.example/jeton"));
	assert_false(oidc_address_ok(&config, "http://127.0.0.1/jeton"));
	oidc_config_fini(&config);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_provider_that_is_not_whole_is_refused),
		cmocka_unit_test(a_file_that_is_not_there_is_told),
		T(a_secret_ends_with_its_line),
		T(the_authority_is_read_with_the_rest),
	};

	return cmocka_run_group_tests_name("oidc_config", tests, NULL, NULL);
}
