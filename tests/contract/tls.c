/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sign in at the server with one list of authorities. */
static void sign_in(struct desk *desk, const char *server, const char *ca_file)
{
	const struct login login = {
		.user = "a.lefevre", .password = DEMO_PASSWORD, .channel = -1,
	};
	const struct api_setup setup = {
		.server = server, .ca_file = ca_file, .connect_timeout_s = 3,
		.timeout_s = 10,
	};

	desk->api = api_open(&setup, NULL);
	assert_non_null(desk->api);
	owner_init(&desk->owner);
	desk_call(desk, &(struct api_request){
		.op = &api_session_create, .body = &login });
	owner_release(&desk->owner);
	api_close(desk->api);
	rows_fini(&desk->rows);
}

void a_server_is_known_by_its_authority_alone(void **state)
{
	const char *srcdir = getenv("top_srcdir");
	const char *top = srcdir ? srcdir : "..";
	char own[1024], other[1024], by_name[160];
	struct desk desk = { 0 };

	(void)state;
	snprintf(own, sizeof(own), "%s/tests/data/tls/server.pem", top);
	snprintf(other, sizeof(other), "%s/tests/data/tls/other.pem", top);
	daemon_start(&desk.daemon, true);
	sign_in(&desk, desk.daemon.server, own);
	assert_true(desk.ok);

	sign_in(&desk, desk.daemon.server, other);
	assert_int_equal(desk.err.code, ERR_NETWORK);
	assert_string_equal(desk.err.text,
			    "serveur non reconnu : certificat refusé");
	sign_in(&desk, desk.daemon.server, NULL);
	assert_int_equal(desk.err.code, ERR_NETWORK);
	assert_string_equal(desk.err.text,
			    "autorités de certification illisibles");

	/* The certificate is for 127.0.0.1, not for the name. */
	snprintf(by_name, sizeof(by_name), "https://localhost%s",
		 strrchr(desk.daemon.server, ':'));
	sign_in(&desk, by_name, own);
	assert_string_equal(desk.err.text,
			    "serveur non reconnu : certificat refusé");
	daemon_stop(&desk.daemon);
}
