/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "datamatrix.h"
#include <guichet/base/mem.h>
#include <string.h>
#include <zint.h>

#define MODULE_PT (0.6 / 25.4 * 72)     /* readers want 0.5 mm or more */
#define QUIET_MODULES 2

static struct zint_symbol *encode(const char *text)
{
	struct zint_symbol *symbol;
	bool given = false;

	while (!(symbol = ZBarcode_Create()))
		mem_again(&given);
	symbol->symbology = BARCODE_DATAMATRIX;
	symbol->option_3 = DM_SQUARE;
	if (ZBarcode_Encode(symbol, (const unsigned char *)text,
			    (int)strlen(text)) < ZINT_ERROR)
		return symbol;
	ZBarcode_Delete(symbol);
	return NULL;
}

static bool dark(const struct zint_symbol *symbol, int row, int column)
{
	return symbol->encoded_data[row][column >> 3] >> (column & 7) & 1;
}

double datamatrix_size(const char *text)
{
	struct zint_symbol *symbol = encode(text);
	double size;

	if (!symbol)
		return 0;
	size = (symbol->width + 2 * QUIET_MODULES) * MODULE_PT;
	ZBarcode_Delete(symbol);
	return size;
}

bool datamatrix_draw(cairo_t *cr, const char *text, double x, double y)
{
	struct zint_symbol *symbol = encode(text);
	double size;

	if (!symbol)
		return false;
	size = (symbol->width + 2 * QUIET_MODULES) * MODULE_PT;
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_rectangle(cr, x, y, size, size);
	cairo_fill(cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
	for (int row = 0; row < symbol->rows; row++) {
		for (int column = 0; column < symbol->width; column++) {
			int start = column;

			/* one rectangle a run: no hairline inside it */
			while (column < symbol->width && dark(symbol, row, column))
				column++;
			if (column > start)
				cairo_rectangle(cr,
					x + (start + QUIET_MODULES) * MODULE_PT,
					y + (row + QUIET_MODULES) * MODULE_PT,
					(column - start) * MODULE_PT, MODULE_PT);
		}
	}
	cairo_fill(cr);
	ZBarcode_Delete(symbol);
	return true;
}
