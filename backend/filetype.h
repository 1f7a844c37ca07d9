/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of file some bytes are, by what they hold and never by a name. */
#ifndef GUICHET_BACKEND_FILETYPE_H
#define GUICHET_BACKEND_FILETYPE_H

#include <stdbool.h>
#include <stddef.h>

enum filetype { FILETYPE_OTHER, FILETYPE_JPEG, FILETYPE_PNG, FILETYPE_PDF,
	FILETYPE_N };

/* "image/jpeg"...; "" for FILETYPE_OTHER. */
extern const char *const filetype_names[FILETYPE_N];

/* Recognise a JPEG (markers up to the first scan, an end), a PNG (header with a
 * size, an end) or a PDF (header, cross references, an end); a file that is cut
 * short is FILETYPE_OTHER. */
enum filetype filetype_of(const void *data, size_t size);

#endif
