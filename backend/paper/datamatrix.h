/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUICHET_BACKEND_DATAMATRIX_H
#define GUICHET_BACKEND_DATAMATRIX_H

#include <cairo.h>
#include <stdbool.h>

/* Points a side of `text` as a DataMatrix takes, quiet zone included; 0 when it
 * cannot be encoded. */
double datamatrix_size(const char *text);

/* Draw it with its upper left corner at `x`, `y` (points), as vector rectangles
 * on white.  A module is 0.6 mm, the quiet zone two modules. */
bool datamatrix_draw(cairo_t *cr, const char *text, double x, double y);

#endif
