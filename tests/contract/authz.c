/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every operation, asked by every role of the caisse of the desk and of another
 * one, about what the desk has in hand: nothing is found, nothing is done. */
#include "contract.h"

#include <stdio.h>
#include <string.h>

struct agent {
	const char *login;
	enum role role;
	bool foreign;                   /* of another caisse */
	char token[64];
};

static void sign_in(struct desk *desk, struct agent *agent)
{
	struct login login = { .password = DEMO_PASSWORD, .channel = -1 };

	snprintf(login.user, sizeof(login.user), "%s", agent->login);
	snprintf(agent->token, sizeof(agent->token), "%s",
		 ((const struct session *)desk_get(desk, &(struct api_request){
			.op = &api_session_create, .body = &login }))->token);
}

/* What is asked for is of one file, or of one agent. */
static bool names_something(const struct api_op *op)
{
	return op->flags & (API_CONTACT | API_KEYED) || strchr(op->path, '{');
}

static void expect_nothing_of(const struct desk *desk, const struct api_op *op,
			      const struct agent *agent,
			      const struct raw_answer *answer)
{
	int status = answer->status;
	bool absent = status == 400 || status == 403 || status == 404;

	/* what one does not hold is given back already */
	if (op == &api_hold_delete)
		absent = status == 204;
	if (names_something(op) ? !absent : status >= 300)
		fail_msg("%s by %s: %d", op->name, agent->login, status);
	if (answer->body.size > 0 &&
	    strstr(buf_cstr((struct buf *)&answer->body), desk->file.insured_id))
		fail_msg("%s tells %s of another caisse", op->name, agent->login);
}

static void ask(struct desk *desk, const struct sample *sample,
		struct agent *agent)
{
	const struct api_op *op = sample->op;
	const struct change change = { .token = agent->token };
	struct raw_answer answer;

	sample_send(desk, sample, &change, &answer);
	if (!(op->roles & 1u << agent->role)) {
		expect_problem(op, &answer, 403, "role.denied");
		return;
	}
	if (op->flags & API_CONTACT) {
		expect_problem(op, &answer, 403, "contact.needed");
		return;
	}
	expect_clean(op, &answer);
	if (answer.status >= 500 || strstr(buf_cstr(&answer.body), "role.denied"))
		fail_msg("%s by %s: %d", op->name, agent->login, answer.status);
	if (agent->foreign)
		expect_nothing_of(desk, op, agent, &answer);
	buf_fini(&answer.body);
}

void a_right_is_one_of_role_and_of_caisse(void **state)
{
	struct agent agents[] = {
		{ .login = "f.blanc", .role = ROLE_COUNTER, .foreign = true },
		{ .login = "o.perrier", .role = ROLE_PHONE, .foreign = true },
		{ .login = "d.masson", .role = ROLE_SUPERVISOR, .foreign = true },
		{ .login = "j.petit", .role = ROLE_COUNTER },
		{ .login = "e.diallo", .role = ROLE_PHONE },
		{ .login = "b.colin", .role = ROLE_SUPERVISOR },
	};
	struct desk *desk = *state;

	for (size_t i = 0; i < N_ROWS(agents); i++)
		sign_in(desk, &agents[i]);
	for (size_t i = 0; api_ops[i]; i++) {
		struct sample sample;

		if (api_ops[i]->flags & API_PUBLIC)
			continue;
		assert_true(sample_make(desk, api_ops[i], &sample));
		for (size_t a = 0; a < N_ROWS(agents); a++) {
			ask(desk, &sample, &agents[a]);
			if (api_ops[i] == &api_session_delete)
				sign_in(desk, &agents[a]);
		}
	}
}
