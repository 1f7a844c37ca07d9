/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of a table as text (RFC 4180).  No line break in quotes: a lost quote
 * then spoils one line, not the rest of the file. */
#ifndef GUICHET_BACKEND_CSV_H
#define GUICHET_BACKEND_CSV_H

/*
 * Cut `line`, without its end, in place: fields[0..n-1] point into it, quotes
 * removed.  `separator` is ',' or ';'.  Returns how many fields there are, or -1
 * when a quote is not closed, stands inside a field, or there are more than
 * `most`.
 */
int csv_split(char *line, char separator, char **fields, int most);

#endif
