/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a payment, packed: PAYLINE_SIZE bytes each, integers in little
 * endian, in the order of the members. */
#ifndef GUICHET_BACKEND_PAYLINE_H
#define GUICHET_BACKEND_PAYLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct payline {
	uint32_t from_day, to_day;      /* yyyymmdd */
	uint16_t act_id;
	uint16_t quantity_x100;
	uint32_t spent_cts, base_cts, due_cts, withheld_cts, paid_cts;
	uint8_t rate_pct;
	uint8_t withheld;               /* enum withheld_kind */
	uint8_t pathway;                /* 0 none, 1 respected, 2 outside, 3 direct access */
	uint8_t exemption;              /* 0 none, 1 ALD, 2 maternity, 3 C2S, 4 accident */
};

#define PAYLINE_SIZE 36

/* Write `count` lines to `out`, count x PAYLINE_SIZE bytes; read line `index`,
 * false when there is none. */
void payline_pack(const struct payline *lines, size_t count, unsigned char *out);
bool payline_unpack(const void *packed, size_t size, size_t index,
		    struct payline *line);

#endif
