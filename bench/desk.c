/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In every demonstration population. */
static const char *const names[] = { "MARTIN", "DUPONT", "LEFEBVRE", "BERNARD",
	"PETIT", "DURAND", "MOREAU", "ROUX", NULL };

bool desk_member(const char *json, const char *name, char *out, size_t size)
{
	char quoted[64];
	const char *at;

	snprintf(quoted, sizeof(quoted), "\"%s\":", name);
	at = strstr(json, quoted);
	if (!at)
		return false;
	at += strlen(quoted);
	at += strspn(at, " \"");
	snprintf(out, size, "%.*s", (int)strcspn(at, "\",}"), at);
	return true;
}

/* A key never used before. */
static int64_t fresh(void)
{
	static int64_t last;

	return last = now_ns() > last ? now_ns() : last + 1;
}

static char *post(const struct desk *desk, const char *path, const char *body)
{
	char request[REQUEST_SIZE];

	snprintf(request, sizeof(request), "POST %s HTTP/1.1\r\nHost: localhost\r\n"
		 "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
		 "Idempotency-Key: \"bench-%020lld\"\r\nContent-Length: %zu\r\n"
		 "\r\n%s", path, desk->token, (long long)fresh(), strlen(body),
		 body);
	return load_ask_once(desk->port, request);
}

static void sign_in(struct desk *desk)
{
	static const char body[] =
		"{\"user\":\"a.lefevre\",\"password\":\"guichet-demo\"}";
	char request[REQUEST_SIZE], *answer;

	snprintf(request, sizeof(request), "POST /v1/sessions HTTP/1.1\r\n"
		 "Host: localhost\r\nContent-Type: application/json\r\n"
		 "Content-Length: %zu\r\n\r\n%s", strlen(body), body);
	answer = load_ask_once(desk->port, request);
	if (!desk_member(answer, "token", desk->token, sizeof(desk->token)))
		fail("a.lefevre cannot sign in");
	free(answer);
}

/* Open a contact about that person, who shows an identity card. */
static void open_file(struct desk *desk, const char *person)
{
	char body[256], path[96], *answer;
	int i = desk->file_count;

	if (i == FILES_MOST)
		return;
	snprintf(body, sizeof(body), "{\"insured_id\":\"%s\",\"channel\":"
		 "\"counter\",\"reason\":\"other\"}", person);
	answer = post(desk, "/v1/contacts", body);
	if (desk_member(strstr(answer, "\r\n\r\n"), "id", desk->files[i].contact,
			ID_SIZE)) {
		snprintf(desk->files[i].person, ID_SIZE, "%s", person);
		snprintf(path, sizeof(path), "/v1/contacts/%s/proofs",
			 desk->files[i].contact);
		free(answer);
		answer = post(desk, path, "{\"kind\":\"document\",\"document\":"
			      "\"id-card\"}");
		desk->file_count++;
	}
	free(answer);
}

static void open_files(struct desk *desk)
{
	for (int i = 0; names[i]; i++) {
		char body[96], person[ID_SIZE], *answer;
		const char *at;
		int each = 0;

		snprintf(body, sizeof(body), "{\"text\":\"%s\"}", names[i]);
		answer = post(desk, "/v1/insured/search", body);
		at = answer;
		while (each++ < FILES_MOST / 8 &&
		       (at = strstr(at, "\"insured_id\":")) &&
		       desk_member(at, "insured_id", person, sizeof(person))) {
			open_file(desk, person);
			at++;
		}
		free(answer);
	}
	if (desk->file_count == 0)
		fail("nobody is found");
}

static void find_slots(struct desk *desk)
{
	char request[REQUEST_SIZE], *answer;
	const char *at;

	snprintf(request, sizeof(request), "GET /v1/slots?reason=VITALE&limit=200 "
		 "HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
		 "\r\n", desk->token);
	answer = load_ask_once(desk->port, request);
	for (at = answer; (at = strstr(at, "\"office_id\":")) &&
	     desk->slot_count < SLOTS_MOST; at++) {
		struct slot_found *slot = &desk->slots[desk->slot_count++];

		desk_member(at, "office_id", slot->office, sizeof(slot->office));
		desk_member(at, "starts_at", slot->starts_at,
			    sizeof(slot->starts_at));
		desk_member(at, "desk", slot->desk, sizeof(slot->desk));
	}
	free(answer);
	if (desk->slot_count < SLOTS_MOST / 2)
		fail("only %d slots are free", desk->slot_count);
}

void desk_open(struct desk *desk, int port)
{
	memset(desk, 0, sizeof(*desk));
	desk->port = port;
	sign_in(desk);
	open_files(desk);
	find_slots(desk);
}
