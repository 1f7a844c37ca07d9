/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The payments of a batch: kept in two growing blocks, in the order of their
 * identifiers within a family. */
#include "seed.h"

#include <guichet/base/clock.h>
#include <guichet/base/mem.h>

#include <stdlib.h>

#define PAID_HOUR_MS INT64_C(21600000)

void seed_payment_add(const struct seed_world *world, struct seed_family *family,
		      struct seed_batch *batch, const struct seed_payment *payment,
		      int day, const struct payline *lines, int count)
{
	struct seed_payment *added;
	size_t size = (size_t)count * PAYLINE_SIZE;

	if (day < world->first || !count)
		return;
	if (batch->payment_count == batch->payment_size) {
		batch->payment_size = batch->payment_size * 2 + 4096;
		batch->payments = mem_grow(batch->payments, batch->payment_size,
					   sizeof(*batch->payments));
	}
	if (batch->line_bytes + size > batch->line_size) {
		batch->line_size = batch->line_size * 2 + 65536;
		batch->lines = mem_grow(batch->lines, batch->line_size, 1);
	}
	added = &batch->payments[batch->payment_count++];
	*added = *payment;
	added->paid_day = seed_number(world, day);
	added->id = id_at(day * DAY_MS + PAID_HOUR_MS,
			  (unsigned)family->payment_count++);
	added->act_id = lines[0].act_id;
	added->lines = batch->line_bytes;
	added->size = size;
	for (int at = 0; at < count; at++) {
		added->amount_cts += lines[at].paid_cts;
		added->withheld_cts += lines[at].withheld_cts;
	}
	payline_pack(lines, (size_t)count, batch->lines + batch->line_bytes);
	batch->line_bytes += size;
}
