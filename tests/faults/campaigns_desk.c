/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The campaigns with the real client on a terminal. */
#include "campaign.h"

static const struct campaign campaigns[] = {
	{ .id = "K1", .what = "client killed in a form", .few = 6, .many = 200,
	  .has_history = false, .run = client_killed_in_a_form },
	{ .id = "K8", .what = "the client is short of memory", .few = 8, .many = 400,
	  .has_history = false, .run = client_short_of_memory },
	{ .id = "N3", .what = "two seconds each way", .few = 20, .many = 100,
	  .run = slow_line },
	{ .id = "N7", .what = "named bad answers", .few = 60, .many = 60,
	  .run = bad_answers },
	{ 0 },
};

int main(int argc, char **argv)
{
	return campaigns_main(campaigns, argc, argv);
}
