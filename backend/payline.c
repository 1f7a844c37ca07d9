/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payline.h"

static unsigned char *put(unsigned char *out, uint32_t value, int bytes)
{
	for (int at = 0; at < bytes; at++)
		*out++ = (unsigned char)(value >> (8 * at));
	return out;
}

static const unsigned char *get(const unsigned char *in, uint32_t *value,
				int bytes)
{
	*value = 0;
	for (int at = 0; at < bytes; at++)
		*value |= (uint32_t)*in++ << (8 * at);
	return in;
}

void payline_pack(const struct payline *lines, size_t count, unsigned char *out)
{
	for (const struct payline *line = lines; line < lines + count; line++) {
		out = put(out, line->from_day, 4);
		out = put(out, line->to_day, 4);
		out = put(out, line->act_id, 2);
		out = put(out, line->quantity_x100, 2);
		out = put(out, line->spent_cts, 4);
		out = put(out, line->base_cts, 4);
		out = put(out, line->due_cts, 4);
		out = put(out, line->withheld_cts, 4);
		out = put(out, line->paid_cts, 4);
		*out++ = line->rate_pct;
		*out++ = line->withheld;
		*out++ = line->pathway;
		*out++ = line->exemption;
	}
}

bool payline_unpack(const void *packed, size_t size, size_t index,
		    struct payline *line)
{
	const unsigned char *in = packed;
	uint32_t act_id, quantity;

	if (index >= size / PAYLINE_SIZE)
		return false;
	in += index * PAYLINE_SIZE;
	in = get(in, &line->from_day, 4);
	in = get(in, &line->to_day, 4);
	in = get(in, &act_id, 2);
	in = get(in, &quantity, 2);
	in = get(in, &line->spent_cts, 4);
	in = get(in, &line->base_cts, 4);
	in = get(in, &line->due_cts, 4);
	in = get(in, &line->withheld_cts, 4);
	in = get(in, &line->paid_cts, 4);
	line->act_id = (uint16_t)act_id;
	line->quantity_x100 = (uint16_t)quantity;
	line->rate_pct = in[0];
	line->withheld = in[1];
	line->pathway = in[2];
	line->exemption = in[3];
	return true;
}
