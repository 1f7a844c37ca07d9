/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds.h"

#include <stdlib.h>

#define ROUNDS_MOST 100000000

int rounds(int usual)
{
	const char *wanted = getenv("GUICHET_ROUNDS");
	long count = wanted ? strtol(wanted, NULL, 10) : 0;

	return count > 0 && count <= ROUNDS_MOST ? (int)count : usual;
}
