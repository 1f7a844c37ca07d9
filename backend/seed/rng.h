/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that look random and are the same for the same seed on every machine:
 * SplitMix64 (Steele, Lea, Flood, 2014).  Of no use for secrets. */
#ifndef GUICHET_BACKEND_SEED_RNG_H
#define GUICHET_BACKEND_SEED_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng { uint64_t state; };

/* Return 64 bits spread from `x`. */
static inline uint64_t rng_mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
	x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
	return x ^ (x >> 31);
}

static inline uint64_t rng_next(struct rng *rng)
{
	rng->state += 0x9E3779B97F4A7C15u;
	return rng_mix(rng->state);
}

/* Return 0..limit-1; `limit` >= 1. */
static inline uint32_t rng_below(struct rng *rng, uint32_t limit)
{
	return (uint32_t)(((rng_next(rng) >> 32) * limit) >> 32);
}

/* Return low..high, both included. */
static inline int rng_between(struct rng *rng, int low, int high)
{
	return low + (int)rng_below(rng, (uint32_t)(high - low + 1));
}

/* True `permille` times in a thousand. */
static inline bool rng_chance(struct rng *rng, uint32_t permille)
{
	return rng_below(rng, 1000) < permille;
}

/* Return the row of `weights` (`count` of them, cumulated) that is drawn. */
static inline int rng_pick(struct rng *rng, const uint32_t *cumulated, int count)
{
	uint32_t drawn = rng_below(rng, cumulated[count - 1]);
	int low = 0, high = count - 1;

	while (low < high) {
		int middle = (low + high) / 2;

		if (drawn < cumulated[middle])
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

#endif
