/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The campaigns that need no terminal. */
#include "campaign.h"

static const struct campaign campaigns[] = {
	{ .id = "N1", .what = "refused, or dropped before", .few = 40,
	  .many = 100, .has_history = true, .run = refused_or_dropped_before },
	{ .id = "N2", .what = "dropped after commit", .few = 600, .many = 10000,
	  .has_history = true, .run = dropped_after_commit },
	{ .id = "N4", .what = "three packets in ten are lost", .few = 0,
	  .many = 200, .has_history = true, .run = packets_lost },
	{ .id = "N5", .what = "black hole", .few = 20, .many = 50,
	  .has_history = true, .run = black_hole },
	{ .id = "N6", .what = "answer cut at each byte", .few = 3000,
	  .many = 10000, .has_history = true, .run = cut_at_each_byte },
	{ .id = "N8", .what = "restarted under load", .few = 3, .many = 20,
	  .has_history = true, .run = graceful_restart },
	{ .id = "N9", .what = "reused connection closed", .few = 200,
	  .many = 1000, .has_history = true, .run = reused_closed },
	{ .id = "N10", .what = "late answer", .few = 300, .many = 1000,
	  .has_history = true, .run = late_reply },
	{ .id = "N11", .what = "all come back", .few = 1, .many = 5,
	  .has_history = true, .run = all_come_back },
	{ .id = "N11x", .what = "a crowd comes back", .few = 0, .many = 2,
	  .run = a_crowd_comes_back },
	{ .id = "NX", .what = "every fault of the line", .few = 100,
	  .many = 1000, .has_history = true, .run = any_fault },
	{ .id = "C2a", .what = "replayed among other work", .few = 1000,
	  .many = 10000, .run = replayed_the_same },
	{ .id = "C2b", .what = "eight at once", .few = 100, .many = 1000,
	  .run = eight_at_once },
	{ .id = "C2c", .what = "killed between effect and reply", .few = 40,
	  .many = 500, .has_history = true, .run = killed_after_effect },
	{ .id = "C2d", .what = "same act under another key", .few = 60, .has_history = true,
	  .many = 300, .run = another_key },
	{ .id = "C5", .what = "lost update", .few = 100, .many = 1000,
	  .run = lost_update },
	{ .id = "K3", .what = "killed while 20 agents write", .few = 60,
	  .many = 1000, .has_history = true, .run = killed_while_writing },
	{ 0 },
};

int main(int argc, char **argv)
{
	return campaigns_main(campaigns, argc, argv);
}
