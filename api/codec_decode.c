/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codec_private.h"

#include <guichet/base/mem.h>
#include <guichet/base/text.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 8
/* Each costs jansson up to 300 bytes; the longest list has 200 items of fewer
 * than 30 members. */
#define VALUES_MAX 20000
#define ITEMS_MAX 1000

static void *take_memory(size_t size)
{
	return mem_grow(NULL, size, 1);
}

void codec_start(void)
{
	json_set_alloc_funcs(take_memory, free);
}

/* A body being read: which side, where we are in it, what was wrong. */
struct reading {
	enum codec_side side;
	char pointer[sizeof(((struct codec_fault *)0)->pointer)];
	struct codec_fault first;
	struct codec_fault *faults;
	size_t max_faults, kept, count;
};

/* Note a fault at the current place. */
static bool note(struct reading *r, const struct codec_fault *said)
{
	struct codec_fault fault = *said;

	memcpy(fault.pointer, r->pointer, sizeof(fault.pointer));
	if (r->count++ == 0)
		r->first = fault;
	if (r->faults && r->kept < r->max_faults)
		r->faults[r->kept++] = fault;
	return false;
}

static bool note_words(struct reading *r, const char *code, const char *detail)
{
	struct codec_fault fault = { 0 };

	codec_refuse(&fault, code, "%s", detail);
	return note(r, &fault);
}

/* Go down to a member or an item; returns what leave() needs to come back.  A
 * name that may hold anything is not repeated. */
static size_t enter(struct reading *r, const char *name)
{
	size_t size = strlen(r->pointer);

	snprintf(r->pointer + size, sizeof(r->pointer) - size, "/%s", name);
	return size;
}

static size_t enter_item(struct reading *r, size_t index)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", index);
	return enter(r, text);
}

static void leave(struct reading *r, size_t size)
{
	r->pointer[size] = '\0';
}

static bool read_object(struct reading *r, const struct codec *codec,
			const json_t *json, void *value);

/* Of a value that is there: jansson's own tests ask for that again. */
static bool is_a(const json_t *json, json_type type)
{
	return json_typeof(json) == type;
}

static bool read_flags(struct reading *r, const struct codec_field *field,
		       const json_t *json, unsigned *member)
{
	if (!is_a(json, JSON_ARRAY))
		return note_words(r, "type", "liste attendue");
	for (size_t i = 0; i < json_array_size(json); i++) {
		const char *name = json_string_value(json_array_get(json, i));
		int bit = name ? codec_name_index(field->names, name) : -1;

		if (bit < 0)
			return note_words(r, "choice", "valeur inconnue");
		*member |= 1u << bit;
	}
	return true;
}

static bool read_array(struct reading *r, const struct codec_field *field,
		       const json_t *json, void *value)
{
	char *member = codec_member(field, value);
	size_t count = json_array_size(json);
	bool ok = true;

	if (!is_a(json, JSON_ARRAY))
		return note_words(r, "type", "liste attendue");
	if (count > field->max_items)
		return note_words(r, "too-many", "trop d'éléments dans la liste");
	for (size_t i = 0; i < count; i++) {
		size_t back = enter_item(r, i);

		ok &= read_object(r, field->inner, json_array_get(json, i),
				  member + i * field->inner->size);
		leave(r, back);
	}
	*codec_count(field, value) = count;
	return ok;
}

static bool read_text(struct reading *r, const struct codec_field *field,
		      const json_t *json, void *value)
{
	struct codec_fault fault = { 0 };
	const char *text = json_string_value(json);

	if (!text)
		return note_words(r, "type", "texte attendu");
	/* Empty text is no text, except where a pattern asks for something. */
	if (*text == '\0' && field->type == CODEC_TYPE_TEXT) {
		if (field->flags & CODEC_REQUIRED)
			return note_words(r, "missing", "à remplir");
		if (field->format == FORMAT_FREE)
			return true;
	}
	if (codec_read_text(field, value, text, r->side == CODEC_REPLY, &fault))
		return true;
	return note(r, &fault);
}

static bool read_int(struct reading *r, const struct codec_field *field,
		     const json_t *json, void *value)
{
	struct codec_fault fault = { 0 };

	if (!is_a(json, JSON_INTEGER))
		return note_words(r, "type", "nombre entier attendu");
	if (codec_read_int(field, value, json_integer_value(json), &fault))
		return true;
	return note(r, &fault);
}

static bool read_bool(struct reading *r, const json_t *json, bool *member)
{
	*member = is_a(json, JSON_TRUE);
	if (*member || is_a(json, JSON_FALSE))
		return true;
	return note_words(r, "type", "oui ou non attendu");
}

static bool read_member(struct reading *r, const struct codec_field *field,
			const json_t *json, void *value)
{
	void *member = codec_member(field, value);

	if (!json || is_a(json, JSON_NULL)) {
		if (field->flags & CODEC_REQUIRED)
			return note_words(r, "missing", "à remplir");
		return true;
	}
	switch (field->type) {
	case CODEC_TYPE_INT:
		return read_int(r, field, json, value);
	case CODEC_TYPE_BOOL:
		return read_bool(r, json, member);
	case CODEC_TYPE_FLAGS:
		return read_flags(r, field, json, member);
	case CODEC_TYPE_OBJECT:
		return read_object(r, field->inner, json, member);
	case CODEC_TYPE_ARRAY:
		return read_array(r, field, json, value);
	default:
		return read_text(r, field, json, value);
	}
}

/* A member we do not know is named only if it looks like a name of ours: what
 * a foreign program sends there could be anything. */
static bool refuse_unknown(struct reading *r, const struct codec *codec,
			   const json_t *json)
{
	json_t *object = (json_t *)json;
	bool ok = true;

	for (void *at = json_object_iter(object); at;
	     at = json_object_iter_next(object, at)) {
		const char *name = json_object_iter_key(at);
		size_t back;

		if (codec_find(codec, name, strlen(name)))
			continue;
		back = enter(r, codec_pattern_match("^[a-z_]{1,40}$", name) ?
			     name : "");
		ok = note_words(r, "unknown", "membre inconnu");
		leave(r, back);
	}
	return ok;
}

static bool read_object(struct reading *r, const struct codec *codec,
			const json_t *json, void *value)
{
	bool ok = true;

	codec_clear(codec, value);
	if (!is_a(json, JSON_OBJECT))
		return note_words(r, "type", "objet attendu");
	for (const struct codec_field *f = codec->fields; f->name; f++) {
		size_t back = enter(r, f->name);

		ok &= read_member(r, f, json_object_get(json, f->name), value);
		leave(r, back);
	}
	if (r->side == CODEC_REQUEST)
		ok &= refuse_unknown(r, codec, json);
	return ok;
}

/* Tell whether brackets are nested at most DEPTH_MAX deep and values few enough,
 * before anything is allocated for them; `deep` says which it was. */
static bool is_small(const char *json, size_t size, bool *deep)
{
	bool in_text = false;
	int depth = 0, values = 0;

	*deep = false;
	for (size_t i = 0; i < size; i++) {
		char c = json[i];

		if (in_text) {
			i += c == '\\';
			in_text = c != '"';
		} else if (c == '"') {
			in_text = true;
		} else if (c == '{' || c == '[') {
			*deep = ++depth > DEPTH_MAX;
			values++;
		} else if (c == '}' || c == ']') {
			depth--;
		} else if (c == ',') {
			values++;
		}
		if (*deep || values > VALUES_MAX)
			return false;
	}
	return true;
}

static json_t *parse(struct reading *r, const char *json, size_t size)
{
	json_error_t error;
	json_t *root;
	bool deep;

	snprintf(r->pointer, sizeof(r->pointer), "#");
	if (!is_small(json, size, &deep)) {
		note_words(r, deep ? "depth" : "too-many",
			   deep ? "trop de niveaux" : "trop de valeurs");
		return NULL;
	}
	root = json_loadb(json, size, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		note_words(r, json_error_code(&error) == json_error_duplicate_key ?
			   "duplicate" : "json", "JSON illisible");
	return root;
}

/* Turn the first fault into an error. */
static bool tell(const struct reading *r, struct err *err)
{
	const char *field = strrchr(r->first.pointer, '/');

	if (r->side == CODEC_REPLY)
		err_field(err, ERR_PROTOCOL, r->first.pointer,
			  "réponse illisible du serveur");
	else
		err_field(err, ERR_INVALID, field ? field + 1 : "", "%s",
			  r->first.detail);
	if (err)
		snprintf(err->word, sizeof(err->word), "%s", r->first.code);
	return false;
}

bool codec_decode(const struct codec *codec, enum codec_side side,
		  const char *json, size_t size, void *value,
		  struct codec_fault *faults, size_t max_faults,
		  size_t *fault_count, struct err *err)
{
	struct reading r = {
		.side = side, .faults = faults, .max_faults = max_faults,
	};
	json_t *root = parse(&r, json, size);
	bool ok = root && read_object(&r, codec, root, value);

	json_decref(root);
	if (fault_count)
		*fault_count = r.kept;
	if (ok)
		return true;
	codec_clear(codec, value);
	return tell(&r, err);
}

static bool read_items(struct reading *r, const struct codec *codec,
		       const json_t *items, struct rows *rows)
{
	size_t back = enter(r, "items");
	bool ok = true;

	if (!items || !is_a(items, JSON_ARRAY))
		ok = note_words(r, "type", "liste attendue");
	else if (json_array_size(items) > ITEMS_MAX)
		ok = note_words(r, "too-many", "trop d'éléments dans la liste");
	for (size_t i = 0; ok && i < json_array_size(items); i++) {
		size_t items_end = enter_item(r, i);

		ok = read_object(r, codec, json_array_get(items, i),
				 rows_add(rows));
		leave(r, items_end);
	}
	leave(r, back);
	return ok;
}

static bool read_cursor(struct reading *r, const json_t *json, char *cursor,
			size_t cursor_size)
{
	size_t back = enter(r, "next_cursor");
	const char *text = json_string_value(json);
	bool ok = true;

	if (text && !(codec_format_match(FORMAT_CURSOR, text) &&
		      text_copy(cursor, cursor_size, text)))
		ok = note_words(r, "format", "repère de page mal formé");
	else if (!text && json && !is_a(json, JSON_NULL))
		ok = note_words(r, "type", "texte attendu");
	leave(r, back);
	return ok;
}

bool codec_decode_list(const struct codec *codec,
		       const struct codec *envelope_codec, const char *json,
		       size_t size, struct rows *rows, char *cursor,
		       size_t cursor_size, void *envelope, struct err *err)
{
	struct reading r = { .side = CODEC_REPLY };
	json_t *root = parse(&r, json, size);
	bool ok = root != NULL;

	rows_empty(rows);
	cursor[0] = '\0';
	if (ok && !is_a(root, JSON_OBJECT))
		ok = note_words(&r, "type", "objet attendu");
	if (ok)
		ok = read_items(&r, codec, json_object_get(root, "items"), rows) &&
			read_cursor(&r, json_object_get(root, "next_cursor"),
				    cursor, cursor_size);
	if (ok && envelope_codec && envelope)
		ok = read_object(&r, envelope_codec, root, envelope);
	json_decref(root);
	if (ok)
		return true;
	rows_empty(rows);
	cursor[0] = '\0';
	if (envelope_codec && envelope)
		codec_clear(envelope_codec, envelope);
	return tell(&r, err);
}
