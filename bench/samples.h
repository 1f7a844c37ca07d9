/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures of one thing, and what a share of them does not exceed. */
#ifndef GUICHET_SAMPLES_H
#define GUICHET_SAMPLES_H

#include <stddef.h>

struct samples { double *at; size_t count, room; };

/* Add one; ends the program without memory. */
void sample_add(struct samples *samples, double value);

/* The value below which `share` (0 to 1) of the samples are; 0 when none.
 * Sorts them. */
double samples_at(struct samples *samples, double share);

void samples_free(struct samples *samples);

#endif
