/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms of a name under which it is looked for and sorted.  Output is ASCII,
 * upper case; what has no ASCII form is left out, what does not fit is cut. */
#ifndef GUICHET_BASE_FOLD_H
#define GUICHET_BASE_FOLD_H

#include <stdbool.h>
#include <stddef.h>

/* Words apart by one space: "Léa-Noëlle d’Hondt" gives "LEA NOELLE D HONDT".
 * The words ST and STE are written in full, SAINT and SAINTE. */
void fold_words(char *out, size_t out_size, const char *text);

/* Everything together: "LEANOELLEDHONDT". */
void fold_glued(char *out, size_t out_size, const char *text);

/* Phonetic key of a name, written in any way: French rules in the spirit of
 * Soundex 2 and Phonex, no limit of length.  Lefèvre, Lefebvre and Lefébure
 * share one key; Martin and Martel do not.  The first 255 letters count. */
void fold_phonetic(char *out, size_t out_size, const char *text);

/* Tell whether `text` contains `needle`, accents and case ignored. */
bool fold_contains(const char *text, const char *needle);

/* Compare two texts for sorting: accents and case ignored, then byte order. */
int fold_compare(const char *a, const char *b);

#endif
