/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/intl.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_SIZE 4096

struct message {
	const char *id, *text;
	size_t id_size, text_size;
};

#define MESSAGE(id, text) { id, text, sizeof(id) - 1, sizeof(text) - 1 }
#define HEADER(rule) MESSAGE("", "Content-Type: text/plain; charset=UTF-8\n" \
	"Plural-Forms: nplurals=2; plural=" rule ";\n")

static const struct message english[] = {
	HEADER("(n != 1)"),
	MESSAGE("%lu dossier\0%lu dossiers", "%lu file\0%lu files"),
	MESSAGE("Assuré", "Insured person"),
	MESSAGE("Nom", "Name"),
	MESSAGE("Vide", ""),
};

/* A catalogue being written, and where it is put. */
struct t {
	unsigned char bytes[FILE_SIZE];
	size_t size;
	bool big_endian;
	char folder[64], path[96];
};

static void put_word(struct t *t, size_t at, size_t word)
{
	for (int i = 0; i < 4; i++)
		t->bytes[at + (size_t)(t->big_endian ? 3 - i : i)] =
			(unsigned char)(word >> 8 * i);
}

static void put_text(struct t *t, size_t row, const char *text, size_t size)
{
	put_word(t, row, size);
	put_word(t, row + 4, t->size);
	memcpy(t->bytes + t->size, text, size);
	t->size += size + 1;
}

static void make(struct t *t, const struct message *messages, size_t count)
{
	memset(t->bytes, 0, sizeof(t->bytes));
	put_word(t, 0, 0x950412DE);
	put_word(t, 8, count);
	put_word(t, 12, 28);
	put_word(t, 16, 28 + 8 * count);
	t->size = 28 + 16 * count;
	for (size_t i = 0; i < count; i++) {
		put_text(t, 28 + 8 * i, messages[i].id, messages[i].id_size);
		put_text(t, 28 + 8 * (count + i), messages[i].text,
			 messages[i].text_size);
	}
}

static bool load(struct t *t, size_t size, struct err *err)
{
	FILE *file = fopen(t->path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(t->bytes, 1, size, file), size);
	fclose(file);
	return intl_load(t->folder, "en", err);
}

static int setup(void **state)
{
	struct t *t = calloc(1, sizeof(*t));

	if (!t)
		return -1;
	snprintf(t->folder, sizeof(t->folder), "/tmp/guichet-intl-XXXXXX");
	if (!mkdtemp(t->folder))
		return -1;
	snprintf(t->path, sizeof(t->path), "%s/en.mo", t->folder);
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct t *t = *state;

	unlink(t->path);
	rmdir(t->folder);
	free(t);
	return intl_load("", "fr", NULL) ? 0 : -1;
}

static void french_needs_no_catalogue(void **state)
{
	(void)state;
	assert_true(intl_load("/nowhere", "fr", NULL));
	assert_string_equal(_("Nom"), "Nom");
	assert_string_equal(P_("dossier", "dossiers", 0), "dossier");
	assert_string_equal(P_("dossier", "dossiers", 1), "dossier");
	assert_string_equal(P_("dossier", "dossiers", 2), "dossiers");
}

static void assert_english(void)
{
	assert_string_equal(_("Nom"), "Name");
	assert_string_equal(_("Assuré"), "Insured person");
	assert_string_equal(_("Prénom"), "Prénom");
	assert_string_equal(_("Vide"), "Vide");
	assert_string_equal(_(""), "");
	assert_string_equal(P_("%lu dossier", "%lu dossiers", 0), "%lu files");
	assert_string_equal(P_("%lu dossier", "%lu dossiers", 1), "%lu file");
	assert_string_equal(P_("%lu dossier", "%lu dossiers", 2), "%lu files");
	assert_string_equal(P_("jour", "jours", 0), "jour");
	/* a message without a second form */
	assert_string_equal(P_("Nom", "Noms", 2), "Noms");
	assert_string_equal(P_("Nom", "Noms", 1), "Name");
}

static void a_catalogue_replaces_what_it_knows(void **state)
{
	struct t *t = *state;

	make(t, english, N_ROWS(english));
	assert_true(load(t, t->size, NULL));
	assert_english();
	assert_true(intl_load("", "fr", NULL));
	assert_string_equal(_("Nom"), "Nom");
}

static void a_catalogue_of_the_other_byte_order_is_read(void **state)
{
	struct t *t = *state;

	t->big_endian = true;
	make(t, english, N_ROWS(english));
	assert_true(load(t, t->size, NULL));
	assert_english();
}

static void the_rule_of_the_plural_is_that_of_the_catalogue(void **state)
{
	static const struct message above_one[] = {
		HEADER("n>1"), MESSAGE("jour\0jours", "dia\0dias"),
	};
	static const struct message no_header[] = {
		MESSAGE("jour\0jours", "day\0days"),
	};
	static const struct message polish[] = {
		HEADER("n==1 ? 0 : n%10>=2 ? 1 : 2"),
	};
	struct t *t = *state;
	struct err err;

	make(t, above_one, N_ROWS(above_one));
	assert_true(load(t, t->size, NULL));
	assert_string_equal(P_("jour", "jours", 0), "dia");
	assert_string_equal(P_("jour", "jours", 1), "dia");
	assert_string_equal(P_("jour", "jours", 2), "dias");
	make(t, no_header, N_ROWS(no_header));
	assert_true(load(t, t->size, NULL));
	assert_string_equal(P_("jour", "jours", 0), "days");
	make(t, polish, N_ROWS(polish));
	assert_false(load(t, t->size, &err));
	assert_int_equal(err.code, ERR_INVALID);
	/* the one before stays in use */
	assert_string_equal(P_("jour", "jours", 0), "days");
}

static void an_unsorted_catalogue_is_refused(void **state)
{
	static const struct message wrong[] = {
		MESSAGE("Nom", "Name"), MESSAGE("Assuré", "Insured person"),
	};
	struct t *t = *state;

	make(t, wrong, N_ROWS(wrong));
	assert_false(load(t, t->size, NULL));
}

static void a_cut_catalogue_is_refused(void **state)
{
	struct t *t = *state;

	make(t, english, N_ROWS(english));
	for (size_t size = 0; size < t->size; size++)
		assert_false(load(t, size, NULL));
}

/* Whatever byte is wrong, nothing is read outside the file: the sanitizers
 * watch; here the catalogue is refused or still answers. */
static void a_spoilt_byte_never_harms(void **state)
{
	static const unsigned char spoilt[] = { 0x00, 0x01, 0x7F, 0x80, 0xFF };
	struct t *t = *state;
	int refused = 0;

	make(t, english, N_ROWS(english));
	for (size_t i = 0; i < 28 + 16 * N_ROWS(english); i++) {
		unsigned char kept = t->bytes[i];

		for (size_t j = 0; j < N_ROWS(spoilt); j++) {
			t->bytes[i] = spoilt[j];
			if (!load(t, t->size, NULL))
				refused++;
			assert_non_null(_("Nom"));
			assert_non_null(P_("%lu dossier", "%lu dossiers", 2));
		}
		t->bytes[i] = kept;
	}
	assert_true(refused > 100);
}

static void a_file_beyond_4_mebibytes_is_refused(void **state)
{
	struct t *t = *state;
	struct err err;

	make(t, english, N_ROWS(english));
	assert_true(load(t, t->size, NULL));
	assert_int_equal(truncate(t->path, 4 << 20), 0);
	assert_true(intl_load(t->folder, "en", NULL));
	assert_int_equal(truncate(t->path, (4 << 20) + 1), 0);
	assert_false(intl_load(t->folder, "en", &err));
	assert_int_equal(err.code, ERR_INVALID);
}

static void an_unknown_language_is_told(void **state)
{
	static const char *const names[] = { "", "../en", "e/n", "en.", "abcdefghi" };
	struct t *t = *state;
	struct err err;

	for (size_t i = 0; i < N_ROWS(names); i++) {
		assert_false(intl_load(t->folder, names[i], &err));
		assert_int_equal(err.code, ERR_INVALID);
	}
	assert_false(intl_load(t->folder, "pt", &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(french_needs_no_catalogue),
		cmocka_unit_test_setup_teardown(a_catalogue_replaces_what_it_knows,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_catalogue_of_the_other_byte_order_is_read,
						setup, teardown),
		cmocka_unit_test_setup_teardown(the_rule_of_the_plural_is_that_of_the_catalogue,
						setup, teardown),
		cmocka_unit_test_setup_teardown(an_unsorted_catalogue_is_refused,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_cut_catalogue_is_refused,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_spoilt_byte_never_harms,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_file_beyond_4_mebibytes_is_refused,
						setup, teardown),
		cmocka_unit_test_setup_teardown(an_unknown_language_is_told,
						setup, teardown),
	};

	return cmocka_run_group_tests_name("intl", tests, NULL, NULL);
}
