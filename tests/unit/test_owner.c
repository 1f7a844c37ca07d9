/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/owner.h>

struct call {
	struct owner_link link;         /* first: the link is the call */
	int released;
	struct call *takes_along;       /* untied when this one is told */
};

static void on_released(struct owner_link *link)
{
	struct call *call = (struct call *)link;

	call->released++;
	if (call->takes_along)
		owner_untie(&call->takes_along->link);
}

static void each_call_is_told_once_that_its_owner_goes(void **state)
{
	struct call calls[3] = { 0 };
	struct owner owner;

	(void)state;
	owner_init(&owner);
	for (int i = 0; i < 3; i++)
		owner_tie(&owner, &calls[i].link, on_released);
	owner_release(&owner);
	owner_release(&owner);
	for (int i = 0; i < 3; i++)
		assert_int_equal(calls[i].released, 1);
}

static void a_call_that_is_done_is_not_told(void **state)
{
	struct call calls[2] = { 0 };
	struct owner owner;

	(void)state;
	owner_init(&owner);
	owner_tie(&owner, &calls[0].link, on_released);
	owner_tie(&owner, &calls[1].link, on_released);
	owner_untie(&calls[0].link);
	owner_untie(&calls[0].link);
	owner_release(&owner);
	assert_int_equal(calls[0].released, 0);
	assert_int_equal(calls[1].released, 1);
	owner_untie(&calls[1].link);
}

static void a_call_may_take_another_along(void **state)
{
	struct call calls[3] = { 0 };
	struct owner owner;

	(void)state;
	owner_init(&owner);
	calls[0].takes_along = &calls[1];
	for (int i = 0; i < 3; i++)
		owner_tie(&owner, &calls[i].link, on_released);
	owner_release(&owner);
	assert_int_equal(calls[0].released, 1);
	assert_int_equal(calls[1].released, 0);
	assert_int_equal(calls[2].released, 1);
}

static void a_call_goes_from_one_owner_to_the_other(void **state)
{
	struct owner first, second;
	struct call call = { 0 };

	(void)state;
	owner_init(&first);
	owner_init(&second);
	owner_tie(&first, &call.link, on_released);
	owner_untie(&call.link);
	owner_tie(&second, &call.link, on_released);
	owner_release(&first);
	assert_int_equal(call.released, 0);
	owner_release(&second);
	assert_int_equal(call.released, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_call_is_told_once_that_its_owner_goes),
		cmocka_unit_test(a_call_that_is_done_is_not_told),
		cmocka_unit_test(a_call_may_take_another_along),
		cmocka_unit_test(a_call_goes_from_one_owner_to_the_other),
	};

	return cmocka_run_group_tests_name("owner", tests, NULL, NULL);
}
