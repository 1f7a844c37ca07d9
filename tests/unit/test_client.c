/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lives of calls. */
#include "wire.h"

#include <stdio.h>
#include <string.h>

static void on_detached(void *self, const struct api_op *op,
			const struct api_reply *reply)
{
	struct t *t = self;

	assert_ptr_equal(op, &api_hold_create);
	assert_true(reply->ok);
	t->detached++;
}

static void on_signed_out(void *self)
{
	((struct t *)self)->signed_out++;
}

static void a_write_carries_token_key_contact_and_body(void **state)
{
	struct t *t = *state;

	api_set_token(t->api, "a-token");
	assert_true(hold(t, KEY));
	assert_non_null(strstr(wire.headers, "Authorization: Bearer a-token\n"));
	assert_non_null(strstr(wire.headers, "Idempotency-Key: \"" KEY "\"\n"));
	assert_non_null(strstr(wire.headers, "Guichet-Contact: " ID "\n"));
	assert_non_null(strstr(wire.headers, "Content-Type: application/json\n"));
	assert_non_null(strstr(wire.body, "\"desk\":1"));
	assert_true(wire.waiting[0]->fresh);
	assert_int_equal(api_writes_pending(t->api), 1);
	answers(t, 201, JSON, a_hold);
	assert_true(t->ok);
	assert_int_equal(api_writes_pending(t->api), 0);
}

static void the_token_is_not_sent_once_forgotten(void **state)
{
	struct t *t = *state;

	api_set_token(t->api, "a-token");
	api_set_token(t->api, NULL);
	read_offices(t, 0);
	assert_null(strstr(wire.headers, "a-token"));
	answers(t, 200, JSON, no_office);
}

static void a_new_read_in_a_slot_cancels_the_one_before(void **state)
{
	struct t *t = *state;

	read_offices(t, 1);
	read_offices(t, 2);
	read_offices(t, 1);
	assert_int_equal(wire.count, 2);
	answers(t, 200, JSON, no_office);
	answers(t, 200, JSON, no_office);
	assert_int_equal(t->told, 2);
}

static void a_second_write_in_a_slot_is_refused(void **state)
{
	struct t *t = *state;

	assert_true(hold(t, KEY));
	assert_false(hold(t, KEY));
	assert_int_equal(wire.sent, 1);
	answers(t, 201, JSON, a_hold);
	assert_true(hold(t, KEY));
	answers(t, 201, JSON, a_hold);
}

static void a_read_goes_with_its_owner(void **state)
{
	struct t *t = *state;

	read_offices(t, 0);
	owner_release(&t->owner);
	assert_int_equal(wire.count, 0);
	t->peer.deliver(t->peer.self);
	assert_int_equal(t->told, 0);
}

static void a_write_outlives_its_owner(void **state)
{
	struct t *t = *state;

	api_on_detached(t->api, on_detached, t);
	hold(t, KEY);
	owner_release(&t->owner);
	assert_int_equal(api_writes_pending(t->api), 1);
	answers(t, 201, JSON, a_hold);
	assert_int_equal(t->told, 0);
	assert_int_equal(t->detached, 1);
}

static void an_unknown_outcome_is_replayed_with_the_same_key(void **state)
{
	struct t *t = *state;
	char first[80], span[80];

	hold(t, KEY);
	snprintf(first, sizeof(first), "%s", strstr(wire.headers, "traceparent"));
	ends(t, HTTP_CUT, 0, "", "");
	assert_int_equal(wire.sent, 1);
	later(t);
	assert_int_equal(wire.sent, 2);
	assert_non_null(strstr(wire.headers, "Idempotency-Key: \"" KEY "\"\n"));
	assert_true(wire.waiting[0]->fresh);
	/* "traceparent: 00-" and 32 digits are the trace; then the span. */
	snprintf(span, sizeof(span), "%s", strstr(wire.headers, "traceparent"));
	assert_memory_equal(first, span, 16 + 32);
	assert_memory_not_equal(first + 49, span + 49, 16);
	wire.waiting[0]->answer.replayed = true;
	answers(t, 201, JSON, a_hold);
	assert_true(t->ok);
	assert_true(t->replayed);
}

static void a_third_silence_is_told(void **state)
{
	struct t *t = *state;

	hold(t, KEY);
	ends(t, HTTP_TIMED_OUT, 0, "", "");
	later(t);
	ends(t, HTTP_TIMED_OUT, 0, "", "");
	later(t);
	assert_int_equal(t->told, 0);
	ends(t, HTTP_TIMED_OUT, 0, "", "");
	assert_int_equal(wire.sent, 3);
	assert_int_equal(t->told, 1);
	assert_int_equal(t->err.code, ERR_TIMEOUT);
	assert_int_equal(strlen(t->err.ref), 8);
}

static void pauses_grow_and_vary(void **state)
{
	struct t *t = *state;
	int64_t first, second;

	read_offices(t, 0);
	ends(t, HTTP_UNREACHED, 0, "", "");
	first = t->peer.due_ms(t->peer.self) - wire.now_ms;
	later(t);
	ends(t, HTTP_UNREACHED, 0, "", "");
	second = t->peer.due_ms(t->peer.self) - wire.now_ms;
	later(t);
	ends(t, HTTP_UNREACHED, 0, "", "");
	assert_in_range(first, 250, 375);
	assert_in_range(second, 1000, 1500);
	assert_string_equal(t->err.text, "serveur injoignable : réessayez");
	assert_int_equal(t->err.code, ERR_NETWORK);
}

static void a_sign_in_is_not_sent_twice_when_it_may_have_arrived(void **state)
{
	const struct login body = { .user = "a", .password = "b", .channel = -1 };
	const struct api_request request = {
		.op = &api_session_create, .body = &body,
	};
	struct t *t = *state;

	api_call(t->api, &t->owner, 0, &request,
		 (struct api_sink){ .self = t, .done = on_reply });
	ends(t, HTTP_CUT, 0, "", "");
	assert_int_equal(t->told, 1);
	assert_int_equal(t->err.code, ERR_NETWORK);
}

static void retry_after_is_honoured_up_to_thirty_seconds(void **state)
{
	struct t *t = *state;

	read_offices(t, 0);
	wire.waiting[0]->answer.retry_after_s = 30;
	answers(t, 503, "text/html", "<html>");
	assert_in_range(t->peer.due_ms(t->peer.self) - wire.now_ms, 30000, 45000);
	later(t);
	wire.waiting[0]->answer.retry_after_s = 31;
	answers(t, 503, "text/html", "<html>");
	assert_int_equal(t->told, 1);
	assert_int_equal(t->err.status, 503);
	assert_string_equal(t->err.text, "serveur indisponible : réessayez dans un instant");
}

static const char who[] = "{\"type\":\"urn:x\",\"title\":\"x\",\"status\":401,"
	"\"code\":\"auth.expired\"}";

static void reads_wait_for_the_sign_in_and_go_again(void **state)
{
	struct t *t = *state;

	api_on_signed_out(t->api, on_signed_out, t);
	api_set_token(t->api, "old");
	read_offices(t, 1);
	read_offices(t, 2);
	answers(t, 401, PROBLEM, who);
	answers(t, 401, PROBLEM, who);
	assert_int_equal(t->signed_out, 1);
	assert_int_equal(t->told, 0);
	assert_int_equal(wire.count, 0);
	api_set_token(t->api, "new");
	assert_int_equal(wire.count, 2);
	assert_non_null(strstr(wire.headers, "Bearer new"));
	answers(t, 200, JSON, no_office);
	answers(t, 200, JSON, no_office);
	assert_int_equal(t->told, 2);
	assert_true(t->ok);
}

static void a_read_sent_with_the_old_token_goes_again_at_once(void **state)
{
	struct t *t = *state;

	api_on_signed_out(t->api, on_signed_out, t);
	api_set_token(t->api, "old");
	read_offices(t, 1);
	api_set_token(t->api, "new");
	answers(t, 401, PROBLEM, who);
	assert_int_equal(t->signed_out, 0);
	assert_int_equal(wire.count, 1);
	answers(t, 200, JSON, no_office);
	assert_true(t->ok);
}

static void a_write_without_session_fails_in_the_open(void **state)
{
	struct t *t = *state;

	api_on_signed_out(t->api, on_signed_out, t);
	hold(t, KEY);
	answers(t, 401, PROBLEM, who);
	assert_int_equal(t->signed_out, 1);
	assert_int_equal(t->told, 1);
	assert_int_equal(t->err.code, ERR_DENIED);
}

static void giving_up_ends_the_reads_that_wait(void **state)
{
	struct t *t = *state;

	api_on_signed_out(t->api, on_signed_out, t);
	read_offices(t, 1);
	answers(t, 401, PROBLEM, who);
	api_give_up(t->api);
	assert_int_equal(t->told, 0);
	later(t);
	assert_int_equal(t->told, 1);
	assert_int_equal(t->err.code, ERR_DENIED);
}

static void a_request_that_cannot_be_sent_is_told_later(void **state)
{
	struct t *t = *state;

	assert_true(hold(t, "short"));
	assert_int_equal(t->told, 0);
	later(t);
	assert_int_equal(t->told, 1);
	assert_int_equal(t->err.code, ERR_INVALID);
	assert_true(hold(t, "a key of 16 bytes\r\nX: y"));
	later(t);
	assert_int_equal(t->told, 2);
	assert_int_equal(wire.sent, 0);
}

static void on_reply_leave(void *self, struct api_reply *reply)
{
	struct t *t = self;

	on_reply(self, reply);
	owner_release(&t->owner);
	read_offices(t, 3);
}

static void a_sink_may_close_its_screen_and_call_again(void **state)
{
	const struct api_request request = { .op = &api_office_list };
	struct t *t = *state;

	api_call(t->api, &t->owner, 1, &request,
		 (struct api_sink){ .self = t, .done = on_reply_leave });
	read_offices(t, 2);
	answers(t, 200, JSON, no_office);
	assert_int_equal(t->told, 1);
	assert_int_equal(wire.count, 1);
	answers(t, 200, JSON, no_office);
	assert_int_equal(t->told, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIRE_TEST(a_write_carries_token_key_contact_and_body),
		WIRE_TEST(the_token_is_not_sent_once_forgotten),
		WIRE_TEST(a_new_read_in_a_slot_cancels_the_one_before),
		WIRE_TEST(a_second_write_in_a_slot_is_refused),
		WIRE_TEST(a_read_goes_with_its_owner),
		WIRE_TEST(a_write_outlives_its_owner),
		WIRE_TEST(an_unknown_outcome_is_replayed_with_the_same_key),
		WIRE_TEST(a_third_silence_is_told),
		WIRE_TEST(pauses_grow_and_vary),
		WIRE_TEST(a_sign_in_is_not_sent_twice_when_it_may_have_arrived),
		WIRE_TEST(retry_after_is_honoured_up_to_thirty_seconds),
		WIRE_TEST(reads_wait_for_the_sign_in_and_go_again),
		WIRE_TEST(a_read_sent_with_the_old_token_goes_again_at_once),
		WIRE_TEST(a_write_without_session_fails_in_the_open),
		WIRE_TEST(giving_up_ends_the_reads_that_wait),
		WIRE_TEST(a_request_that_cannot_be_sent_is_told_later),
		WIRE_TEST(a_sink_may_close_its_screen_and_call_again),
	};

	return cmocka_run_group_tests_name("client", tests, NULL, NULL);
}
