/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every thing that a write makes or changes counts the writes done on it (its
 * version).  So one comparison holds both I1 and I2: that count is at least the
 * number of keys acknowledged for the thing, and at most that number and the
 * keys of the same file whose outcome nobody knows. */
#include "judge.h"
#include "history.h"

#include <jansson.h>
#include <stdarg.h>
#include <string.h>

struct judge {
	json_t *keys;                   /* key: op, about, client, event, value */
	json_t *claims;                 /* value: how many keys acknowledged it */
	json_t *open;                   /* about: how many keys without outcome */
	json_t *agents, *files;         /* client, about: caisse */
	FILE *out;
	long line;
	struct verdict *verdict;
};

__attribute__((format(printf, 3, 4)))
static void blame(const struct judge *j, long *count, const char *fmt, ...)
{
	va_list args;

	++*count;
	fprintf(j->out, "line %ld: ", j->line);
	va_start(args, fmt);
	vfprintf(j->out, fmt, args);
	va_end(args);
	fputc('\n', j->out);
}

static const char *text(const json_t *row, const char *name)
{
	const char *value = json_string_value(json_object_get(row, name));

	return value ? value : "";
}

static long number(const json_t *of, const char *name)
{
	return (long)json_integer_value(json_object_get(of, name));
}

static void grow(json_t *of, const char *name)
{
	json_object_set_new(of, name, json_integer(number(of, name) + 1));
}

static void set_event(json_t *key, const char *event)
{
	json_object_set_new(key, "event", json_string(event));
}

/* The first time a key is seen it is kept; again it must be the same act. */
static void on_invoke(struct judge *j, const json_t *row)
{
	json_t *key = json_object_get(j->keys, text(row, "key"));

	if (!text(row, "key")[0] || !text(row, "op")[0] || !text(row, "about")[0]) {
		blame(j, &j->verdict->malformed, "a write without key, op or file");
		return;
	}
	if (!key) {
		json_object_set_new(j->keys, text(row, "key"),
				    json_deep_copy(row));
		j->verdict->keys++;
		return;
	}
	j->verdict->replayed++;
	if (strcmp(text(key, "op"), text(row, "op")) != 0 ||
	    strcmp(text(key, "about"), text(row, "about")) != 0)
		blame(j, &j->verdict->malformed, "one key for two acts: %s",
		      text(row, "key"));
}

static void on_outcome(struct judge *j, const json_t *row, const char *event)
{
	json_t *key = json_object_get(j->keys, text(row, "key"));
	const char *before = text(key, "event"), *value = text(row, "value");

	if (!key) {
		blame(j, &j->verdict->malformed, "an outcome of no write: %s",
		      text(row, "key"));
	} else if (strcmp(event, "unknown") == 0) {
		if (strcmp(before, "invoke") == 0)
			set_event(key, event);
	} else if (strcmp(before, "ok") == 0 || strcmp(before, "fail") == 0) {
		if (strcmp(before, event) == 0 &&
		    strcmp(text(key, "value"), value) == 0)
			return;
		blame(j, strcmp(before, "ok") == 0 && strcmp(event, "fail") == 0 ?
		      &j->verdict->lost : &j->verdict->twice,
		      "key %s answered %s %s, then %s %s", text(row, "key"),
		      before, text(key, "value"), event, value);
	} else if (strcmp(event, "ok") == 0 && !value[0]) {
		blame(j, &j->verdict->malformed, "acknowledged, but what? %s",
		      text(row, "key"));
	} else {
		set_event(key, event);
		json_object_set_new(key, "value", json_string(value));
	}
}

static void on_read(struct judge *j, const json_t *row)
{
	const char *mine = text(j->agents, text(row, "client"));
	const char *its = text(j->files, text(row, "about"));

	j->verdict->reads++;
	if (!mine[0] || !its[0])
		blame(j, &j->verdict->malformed, "nobody knows whose file %s is, "
		      "or who %s is", text(row, "about"), text(row, "client"));
	else if (strcmp(mine, its) != 0)
		blame(j, &j->verdict->outside, "%s of caisse %s got file %s of "
		      "caisse %s", text(row, "client"), mine,
		      text(row, "about"), its);
}

static void on_caisse(struct judge *j, json_t *whose, const char *name,
		      const json_t *row)
{
	const char *before = text(whose, text(row, name));

	if (!text(row, name)[0] || !text(row, "value")[0] ||
	    (before[0] && strcmp(before, text(row, "value")) != 0))
		blame(j, &j->verdict->malformed, "a caisse that is none: %s %s",
		      name, text(row, name));
	else
		json_object_set_new(whose, text(row, name),
				    json_string(text(row, "value")));
}

/* What is there in the end comes after every write: the keys are settled once. */
static void settle(struct judge *j)
{
	const char *name;
	json_t *key;

	if (j->claims)
		return;
	j->claims = json_object();
	j->open = json_object();
	json_object_foreach(j->keys, name, key) {
		const char *event = text(key, "event");

		if (strcmp(event, "ok") == 0) {
			grow(j->claims, text(key, "value"));
			j->verdict->acknowledged++;
		} else if (strcmp(event, "fail") == 0) {
			j->verdict->refused++;
		} else {
			grow(j->open, text(key, "about"));
			j->verdict->unresolved++;
		}
	}
}

static void on_thing(struct judge *j, const json_t *row)
{
	const char *value = text(row, "value"), *about = text(row, "about");
	long done = number(row, "count"), claimed, open;

	settle(j);
	j->verdict->things++;
	claimed = number(j->claims, value);
	open = number(j->open, about);
	if (!value[0] || !about[0] || done < 1) {
		blame(j, &j->verdict->malformed, "a thing that is none: %s", value);
		return;
	}
	if (done < claimed)
		blame(j, &j->verdict->lost, "I1: %s: %ld writes acknowledged, "
		      "%ld kept", value, claimed, done);
	if (done > claimed + open)
		blame(j, &j->verdict->twice, "I2: %s of file %s: %ld writes done, "
		      "%ld acknowledged", value, about, done, claimed);
	if (done > claimed && open > 0)
		json_object_set_new(j->open, about,
				    json_integer(open - (done - claimed)));
	json_object_del(j->claims, value);
}

/* What was acknowledged and is no thing of the end is lost. */
static void expect_none_left(struct judge *j)
{
	const char *value;
	json_t *count;

	settle(j);
	json_object_foreach(j->claims, value, count)
		blame(j, &j->verdict->lost, "I1: %s was acknowledged and is not "
		      "there", value);
}

static void take(struct judge *j, const json_t *row)
{
	const char *name = text(row, "event");
	int event = 0;

	while (event < EVENT_N && strcmp(event_names[event], name) != 0)
		event++;
	if (j->claims && event < EVENT_READ) {
		blame(j, &j->verdict->malformed, "a write after the end");
		return;
	}
	switch (event) {
	case EVENT_INVOKE:
		on_invoke(j, row);
		break;
	case EVENT_OK:
	case EVENT_FAIL:
	case EVENT_UNKNOWN:
		on_outcome(j, row, name);
		break;
	case EVENT_READ:
		on_read(j, row);
		break;
	case EVENT_AGENT:
		on_caisse(j, j->agents, "client", row);
		break;
	case EVENT_FILE:
		on_caisse(j, j->files, "about", row);
		break;
	case EVENT_THING:
		on_thing(j, row);
		break;
	default:
		blame(j, &j->verdict->malformed, "an event that is none: %s", name);
	}
}

void judge(FILE *history, FILE *out, struct verdict *verdict)
{
	struct judge j = {
		.keys = json_object(), .agents = json_object(),
		.files = json_object(), .out = out, .verdict = verdict,
	};
	char line[1024];

	memset(verdict, 0, sizeof(*verdict));
	while (fgets(line, sizeof(line), history)) {
		json_t *row = json_loads(line, JSON_REJECT_DUPLICATES, NULL);

		j.line++;
		if (json_is_object(row))
			take(&j, row);
		else
			blame(&j, &verdict->malformed, "no JSON object");
		json_decref(row);
	}
	verdict->lines = j.line;
	if (j.line == 0)
		blame(&j, &verdict->malformed, "nothing happened");
	expect_none_left(&j);
	json_decref(j.keys);
	json_decref(j.agents);
	json_decref(j.files);
	json_decref(j.claims);
	json_decref(j.open);
}
