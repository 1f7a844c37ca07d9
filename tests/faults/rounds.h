/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUICHET_TESTS_ROUNDS_H
#define GUICHET_TESTS_ROUNDS_H

/* How many rounds: GUICHET_ROUNDS, or `usual`. */
int rounds(int usual);

#endif
