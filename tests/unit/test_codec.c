/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/api/codec.h>

#include <stdio.h>
#include <string.h>

enum colour { RED, GREEN, COLOUR_N };

static const char *const colour_names[COLOUR_N + 1] = { "red", "green", NULL };

struct inner {
	char id[14];
	int64_t amount_cts;
};

struct thing {
	char name[9];                   /* 8 bytes */
	char note[40];
	char postcode[6];
	int64_t count;                  /* 1..200 */
	bool open;
	int colour;
	unsigned colours;
	struct date day, birth;
	int64_t at;
	struct inner inner;
	size_t list_count;
	struct inner list[3];
};

static const struct codec_field inner_fields[] = {
	CODEC_FORMATTED(struct inner, id, "id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_INT(struct inner, amount_cts, "amount_cts", 0),
	CODEC_END,
};

static const struct codec inner_codec = {
	"Inner", sizeof(struct inner), inner_fields, NULL,
};

static const struct codec_field thing_fields[] = {
	CODEC_TEXT(struct thing, name, "name", CODEC_REQUIRED),
	CODEC_TEXT(struct thing, note, "note", CODEC_MANY_LINES),
	CODEC_FORMATTED(struct thing, postcode, "postcode", 0, FORMAT_POSTCODE),
	CODEC_RANGE(struct thing, count, "count", 0, 1, 200),
	CODEC_BOOL(struct thing, open, "open", 0),
	CODEC_ENUM(struct thing, colour, "colour", 0, colour_names),
	CODEC_FLAGS(struct thing, colours, "colours", 0, colour_names),
	CODEC_DATE(struct thing, day, "day", 0),
	CODEC_BIRTH_DATE(struct thing, birth, "birth", 0),
	CODEC_MOMENT(struct thing, at, "at", 0),
	CODEC_OBJECT(struct thing, inner, "inner", 0, &inner_codec),
	CODEC_ARRAY(struct thing, list, list_count, "list", 0, &inner_codec),
	CODEC_END,
};

static const struct codec thing_codec = {
	"Thing", sizeof(struct thing), thing_fields, NULL,
};

static const struct codec_field *field(const char *name)
{
	const struct codec_field *f = thing_fields;

	while (strcmp(f->name, name) != 0)
		f++;
	return f;
}

static const char full[] =
	"{\"name\":\"Léa\",\"note\":\"a\\u000ab \\\"c\\\"\",\"postcode\":\"38000\","
	"\"count\":7,\"open\":true,\"colour\":\"green\","
	"\"colours\":[\"red\",\"green\"],\"day\":\"2026-11-23\","
	"\"birth\":\"1952-00-00\",\"at\":\"2026-11-23T10:45:00+01:00\","
	"\"inner\":{\"id\":\"0D9G4TBX0C5ZN\",\"amount_cts\":-1650},"
	"\"list\":[{\"id\":\"0D9G4TBX0C5ZP\"},"
	"{\"id\":\"0D9G4TBX0C5ZQ\",\"amount_cts\":0}]}";

static bool decode(enum codec_side side, const char *json, struct thing *thing,
		   struct err *err)
{
	return codec_decode(&thing_codec, side, json, strlen(json), thing,
			    NULL, 0, NULL, err);
}

static void every_type_is_read(void **state)
{
	struct thing t;

	(void)state;
	assert_true(decode(CODEC_REQUEST, full, &t, NULL));
	assert_string_equal(t.name, "Léa");
	assert_string_equal(t.note, "a\nb \"c\"");
	assert_int_equal(t.count, 7);
	assert_true(t.open);
	assert_int_equal(t.colour, GREEN);
	assert_int_equal(t.colours, 3);
	assert_int_equal(t.day.day, 23);
	assert_int_equal(t.birth.year, 1952);
	assert_int_equal(t.birth.month, 0);
	assert_int_equal(t.at, INT64_C(1795427100000));
	assert_int_equal(t.inner.amount_cts, -1650);
	assert_int_equal(t.list_count, 2);
	assert_true(t.list[0].amount_cts == CODEC_NONE);
	assert_int_equal(t.list[1].amount_cts, 0);
}

static void what_is_written_reads_back_the_same(void **state)
{
	struct thing t;
	struct buf out;

	(void)state;
	buf_init(&out, 4096);
	assert_true(decode(CODEC_REQUEST, full, &t, NULL));
	assert_true(codec_encode(&thing_codec, &t, &out));
	assert_string_equal(buf_cstr(&out), full);
	buf_fini(&out);
}

static void an_absent_member_is_left_out(void **state)
{
	struct thing t;
	struct buf out;

	(void)state;
	buf_init(&out, 4096);
	codec_clear(&thing_codec, &t);
	snprintf(t.name, sizeof(t.name), "x");
	assert_true(codec_encode(&thing_codec, &t, &out));
	assert_string_equal(buf_cstr(&out), "{\"name\":\"x\",\"open\":false,"
			    "\"colours\":[],\"list\":[]}");
	buf_fini(&out);
}

static void null_and_no_member_are_the_same(void **state)
{
	struct thing a, b;

	(void)state;
	assert_true(decode(CODEC_REQUEST, "{\"name\":\"x\"}", &a, NULL));
	assert_true(decode(CODEC_REQUEST,
			   "{\"name\":\"x\",\"note\":null,\"count\":null,"
			   "\"colour\":null,\"day\":null,\"at\":null,"
			   "\"inner\":null,\"list\":null,\"open\":null}", &b, NULL));
	assert_memory_equal(&a, &b, sizeof(a));
	assert_true(decode(CODEC_REQUEST, "{\"name\":\"x\",\"note\":\"\","
			   "\"open\":false}", &b, NULL));
	assert_memory_equal(&a, &b, sizeof(a));
	assert_true(a.count == CODEC_NONE);
	assert_int_equal(a.colour, -1);
	assert_true(a.inner.amount_cts == CODEC_NONE);
}

static void a_buffer_too_small_is_told(void **state)
{
	struct thing t;
	struct buf out;

	(void)state;
	buf_init(&out, 20);
	assert_true(decode(CODEC_REQUEST, full, &t, NULL));
	assert_false(codec_encode(&thing_codec, &t, &out));
	buf_fini(&out);
}

/* One fault each: where and what. */
static const struct {
	const char *json, *pointer, *code;
} refused[] = {
	{ "{}", "#/name", "missing" },
	{ "{\"name\":null}", "#/name", "missing" },
	{ "{\"name\":\"\"}", "#/name", "missing" },
	{ "{\"name\":12}", "#/name", "type" },
	{ "{\"name\":\"123456789\"}", "#/name", "too-long" },
	{ "{\"name\":\"éééé\xE2\x82\xAC\"}", "#/name", "too-long" },
	{ "{\"name\":\"a\\u001b[2J\"}", "#/name", "characters" },
	{ "{\"name\":\"a\\nb\"}", "#/name", "characters" },
	{ "{\"name\":\"a\\u202eb\"}", "#/name", "characters" },
	{ "{\"name\":\"x\",\"colours\":[\"red\",5]}", "#/colours", "choice" },
	{ "{\"name\":\"x\",\"postcode\":\"3800\"}", "#/postcode", "format" },
	{ "{\"name\":\"x\",\"postcode\":\"3800A\"}", "#/postcode", "format" },
	{ "{\"name\":\"x\",\"postcode\":\"\"}", "#/postcode", "format" },
	{ "{\"name\":\"x\",\"count\":0}", "#/count", "range" },
	{ "{\"name\":\"x\",\"count\":201}", "#/count", "range" },
	{ "{\"name\":\"x\",\"count\":1.0}", "#/count", "type" },
	{ "{\"name\":\"x\",\"count\":\"7\"}", "#/count", "type" },
	{ "{\"name\":\"x\",\"open\":1}", "#/open", "type" },
	{ "{\"name\":\"x\",\"colour\":\"blue\"}", "#/colour", "choice" },
	{ "{\"name\":\"x\",\"colour\":\"\"}", "#/colour", "choice" },
	{ "{\"name\":\"x\",\"colours\":\"red\"}", "#/colours", "type" },
	{ "{\"name\":\"x\",\"colours\":[\"blue\"]}", "#/colours", "choice" },
	{ "{\"name\":\"x\",\"day\":\"2026-02-30\"}", "#/day", "format" },
	{ "{\"name\":\"x\",\"day\":\"1952-00-00\"}", "#/day", "format" },
	{ "{\"name\":\"x\",\"birth\":\"1952-13-01\"}", "#/birth", "format" },
	{ "{\"name\":\"x\",\"at\":\"2026-11-23\"}", "#/at", "format" },
	{ "{\"name\":\"x\",\"inner\":[]}", "#/inner", "type" },
	{ "{\"name\":\"x\",\"inner\":{}}", "#/inner/id", "missing" },
	{ "{\"name\":\"x\",\"list\":[{\"id\":\"0D9G4TBX0C5ZN\"},{\"id\":\"I\"}]}",
	  "#/list/1/id", "format" },
	{ "{\"name\":\"x\",\"list\":[{},{},{},{}]}", "#/list", "too-many" },
	{ "{\"name\":\"x\",\"list\":{}}", "#/list", "type" },
	{ "{\"name\":\"x\",\"other\":1}", "#/other", "unknown" },
	{ "{\"name\":\"x\",\"Léa Martin\":1}", "#/", "unknown" },
	{ "{\"name\":\"x\",\"inner\":{\"id\":\"0D9G4TBX0C5ZN\",\"k\":1}}",
	  "#/inner/k", "unknown" },
	{ "{\"name\":\"x\",\"name\":\"y\"}", "#", "duplicate" },
	{ "{\"name\":\"x\"", "#", "json" },
	{ "{\"name\":\"x\"} {}", "#", "json" },
	{ "{\"name\":\"\\u0000\"}", "#", "json" },
	{ "{\"name\":\"\xFF\"}", "#", "json" },
	{ "{\"name\":\"x\",\"count\":9223372036854775808}", "#", "json" },
	{ "", "#", "json" },
	{ "[]", "#", "type" },
	{ "<html>", "#", "json" },
	{ "{\"z\":[[[[[[[[1]]]]]]]]}", "#", "depth" },
};

static void a_faulty_request_is_refused_where_it_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_ROWS(refused); i++) {
		struct codec_fault faults[4];
		struct thing t, clear;
		struct err err = { 0 };
		size_t count = 0;

		memset(&t, 0x55, sizeof(t));
		codec_clear(&thing_codec, &clear);
		assert_false(codec_decode(&thing_codec, CODEC_REQUEST,
					  refused[i].json,
					  strlen(refused[i].json), &t, faults,
					  4, &count, &err));
		assert_int_equal(count, 1);
		assert_string_equal(faults[0].pointer, refused[i].pointer);
		assert_string_equal(faults[0].code, refused[i].code);
		assert_true(faults[0].detail[0] != '\0');
		assert_int_equal(err.code, ERR_INVALID);
		assert_string_equal(err.word, refused[i].code);
		assert_memory_equal(&t, &clear, sizeof(t));
	}
}

/* So many values, none of them longer than two bytes. */
static bool read_values(int count, const char *value, struct err *err)
{
	struct thing t;
	struct buf json;
	bool ok;

	buf_init(&json, 1 << 20);
	buf_text(&json, "{\"name\":\"x\",\"z\":[0");
	for (int i = 0; i < count; i++)
		buf_printf(&json, ",%s", value);
	buf_text(&json, "]}");
	ok = codec_decode(&thing_codec, CODEC_REPLY, json.data, json.size, &t,
			  NULL, 0, NULL, err);
	buf_fini(&json);
	return ok;
}

static void a_body_of_too_many_values_is_never_built(void **state)
{
	static const char *const values[] = { "0", "[]", "{}" };

	(void)state;
	for (size_t i = 0; i < N_ROWS(values); i++) {
		struct err err = { 0 };

		assert_true(read_values(9000, values[i], &err));
		assert_false(read_values(20001, values[i], &err));
		assert_int_equal(err.code, ERR_PROTOCOL);
		assert_string_equal(err.word, "too-many");
	}
}

static void eight_levels_are_read(void **state)
{
	const char *json = "{\"name\":\"x\",\"note\":\"[[[[[[[[[\",\"z\":[[[[[[[1]]]]]]]}";
	struct thing t;

	(void)state;
	assert_true(decode(CODEC_REPLY, json, &t, NULL));
}

static void each_fault_is_told_up_to_the_limit(void **state)
{
	const char *json = "{\"count\":0,\"open\":1,\"day\":\"x\"}";
	struct codec_fault faults[2];
	struct thing t;
	struct err err;
	size_t count;

	(void)state;
	assert_false(codec_decode(&thing_codec, CODEC_REQUEST, json,
				  strlen(json), &t, faults, 2, &count, &err));
	assert_int_equal(count, 2);
	assert_string_equal(faults[0].pointer, "#/name");
	assert_string_equal(faults[1].pointer, "#/count");
	assert_string_equal(err.field, "name");
}

static void a_reply_is_cleaned_and_may_say_more(void **state)
{
	struct thing t;

	(void)state;
	assert_true(decode(CODEC_REPLY, "{\"name\":\"a\\nb\",\"new\":{\"x\":1}}",
			   &t, NULL));
	assert_string_equal(t.name, "a\xEF\xBF\xBD" "b");
}

static void a_faulty_reply_is_unreadable(void **state)
{
	struct thing t;
	struct err err;

	(void)state;
	assert_false(decode(CODEC_REPLY, "{\"name\":\"123456789\"}", &t, &err));
	assert_int_equal(err.code, ERR_PROTOCOL);
	assert_string_equal(err.text, "réponse illisible du serveur");
	assert_string_equal(t.name, "");
}

static void a_list_is_read_with_cursor_and_envelope(void **state)
{
	const char *json = "{\"items\":[{\"id\":\"0D9G4TBX0C5ZN\"},"
		"{\"id\":\"0D9G4TBX0C5ZP\"}],\"next_cursor\":\"abc_-\","
		"\"name\":\"total\"}";
	struct rows rows;
	struct thing envelope;
	char cursor[16];
	struct buf out;

	(void)state;
	rows_init(&rows, sizeof(struct inner));
	assert_true(codec_decode_list(&inner_codec, &thing_codec, json,
				      strlen(json), &rows, cursor,
				      sizeof(cursor), &envelope, NULL));
	assert_int_equal(rows.count, 2);
	assert_string_equal(cursor, "abc_-");
	assert_string_equal(envelope.name, "total");

	buf_init(&out, 4096);
	assert_true(codec_encode_list(&inner_codec, &rows, cursor, NULL, NULL,
				      &out));
	assert_string_equal(buf_cstr(&out),
			    "{\"items\":[{\"id\":\"0D9G4TBX0C5ZN\"},"
			    "{\"id\":\"0D9G4TBX0C5ZP\"}],"
			    "\"next_cursor\":\"abc_-\"}");
	buf_empty(&out);
	rows_empty(&rows);
	assert_true(codec_encode_list(&inner_codec, &rows, "", &thing_codec,
				      &envelope, &out));
	assert_string_equal(buf_cstr(&out), "{\"items\":[],\"next_cursor\":null,"
			    "\"name\":\"total\",\"open\":false,\"colours\":[],"
			    "\"list\":[]}");
	buf_fini(&out);
	rows_fini(&rows);
}

static void a_faulty_list_leaves_no_row(void **state)
{
	static const char *const lists[] = {
		"{\"items\":[{\"id\":\"0D9G4TBX0C5ZN\"},{\"id\":1}]}",
		"{\"items\":{}}",
		"{}",
		"[]",
		"{\"items\":",
		"{\"items\":[],\"next_cursor\":5}",
		"{\"items\":[],\"next_cursor\":\"a b\"}",
		"{\"items\":[],\"next_cursor\":\"abcdefghijklmnopqr\"}",
	};
	struct rows rows;
	char cursor[16];
	struct err err;

	(void)state;
	rows_init(&rows, sizeof(struct inner));
	for (size_t i = 0; i < N_ROWS(lists); i++) {
		assert_false(codec_decode_list(&inner_codec, NULL, lists[i],
					       strlen(lists[i]), &rows, cursor,
					       sizeof(cursor), NULL, &err));
		assert_int_equal(rows.count, 0);
		assert_string_equal(cursor, "");
		assert_int_equal(err.code, ERR_PROTOCOL);
	}
	rows_fini(&rows);
}

static void a_list_is_at_most_a_thousand_rows(void **state)
{
	struct rows rows;
	struct buf json;
	char cursor[16];

	(void)state;
	rows_init(&rows, sizeof(struct inner));
	for (int count = 1000; count <= 1001; count++) {
		buf_init(&json, 1 << 20);
		buf_text(&json, "{\"items\":[");
		for (int i = 0; i < count; i++)
			buf_printf(&json, "%s{\"id\":\"0D9G4TBX0C5ZN\"}",
				   i ? "," : "");
		buf_text(&json, "]}");
		assert_int_equal(codec_decode_list(&inner_codec, NULL,
						   buf_cstr(&json), json.size,
						   &rows, cursor, sizeof(cursor),
						   NULL, NULL), count == 1000);
		assert_int_equal(rows.count, count == 1000 ? 1000 : 0);
		buf_fini(&json);
	}
	rows_fini(&rows);
}

static void an_envelope_is_read_where_it_is_wanted(void **state)
{
	static const char json[] = "{\"items\":[],\"next_cursor\":null,\"name\":5}";
	struct thing envelope, clear;
	struct rows rows;
	char cursor[16];

	(void)state;
	rows_init(&rows, sizeof(struct inner));
	codec_clear(&thing_codec, &clear);
	memset(&envelope, 0x55, sizeof(envelope));
	assert_false(codec_decode_list(&inner_codec, &thing_codec, json,
				       strlen(json), &rows, cursor,
				       sizeof(cursor), &envelope, NULL));
	assert_memory_equal(&envelope, &clear, sizeof(clear));
	assert_true(codec_decode_list(&inner_codec, &thing_codec, json,
				      strlen(json), &rows, cursor,
				      sizeof(cursor), NULL, NULL));
	assert_false(codec_decode_list(&inner_codec, &thing_codec, "{}", 2, &rows,
				       cursor, sizeof(cursor), NULL, NULL));
	rows_fini(&rows);
}

static void members_go_to_text_and_back(void **state)
{
	static const struct { const char *name, *text; } cases[] = {
		{ "name", "x y" }, { "count", "200" }, { "open", "true" },
		{ "colour", "red" }, { "colours", "red,green" },
		{ "day", "2026-11-23" }, { "at", "2026-11-23T10:45:00+01:00" },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(cases); i++) {
		const struct codec_field *f = field(cases[i].name);
		char text[64];
		struct thing t;

		codec_clear(&thing_codec, &t);
		assert_false(codec_field_to_text(f, &t, text, sizeof(text)));
		assert_true(codec_field_from_text(f, &t, cases[i].text, NULL));
		assert_true(codec_field_to_text(f, &t, text, sizeof(text)));
		assert_string_equal(text, cases[i].text);
		assert_false(codec_field_to_text(f, &t, text, 3));
	}
}

static void text_that_is_no_value_is_refused(void **state)
{
	static const struct { const char *name, *text; } cases[] = {
		{ "count", "" }, { "count", " 7" }, { "count", "+7" },
		{ "count", "7x" }, { "count", "201" }, { "count", "-" },
		{ "count", "99999999999999999999" }, { "open", "1" },
		{ "colour", "blue" }, { "colours", "red,blue" },
		{ "colours", "re" }, { "day", "" }, { "day", "23/11/2026" },
		{ "postcode", "38 000" },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(cases); i++) {
		struct thing t;
		struct err err;

		codec_clear(&thing_codec, &t);
		assert_false(codec_field_from_text(field(cases[i].name), &t,
						   cases[i].text, &err));
		assert_int_equal(err.code, ERR_INVALID);
		assert_string_equal(err.field, cases[i].name);
		assert_true(err.text[0] != '\0');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_is_read),
		cmocka_unit_test(what_is_written_reads_back_the_same),
		cmocka_unit_test(an_absent_member_is_left_out),
		cmocka_unit_test(null_and_no_member_are_the_same),
		cmocka_unit_test(a_buffer_too_small_is_told),
		cmocka_unit_test(a_faulty_request_is_refused_where_it_is_wrong),
		cmocka_unit_test(a_body_of_too_many_values_is_never_built),
		cmocka_unit_test(eight_levels_are_read),
		cmocka_unit_test(each_fault_is_told_up_to_the_limit),
		cmocka_unit_test(a_reply_is_cleaned_and_may_say_more),
		cmocka_unit_test(a_faulty_reply_is_unreadable),
		cmocka_unit_test(a_list_is_read_with_cursor_and_envelope),
		cmocka_unit_test(a_faulty_list_leaves_no_row),
		cmocka_unit_test(a_list_is_at_most_a_thousand_rows),
		cmocka_unit_test(an_envelope_is_read_where_it_is_wanted),
		cmocka_unit_test(members_go_to_text_and_back),
		cmocka_unit_test(text_that_is_no_value_is_refused),
	};

	return cmocka_run_group_tests_name("codec", tests, NULL, NULL);
}
