/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qrcode.h"

#include <string.h>
#include <zint.h>

#define QUIET 2                         /* modules; telephones are content with two */

static bool dark(const struct zint_symbol *symbol, int row, int column)
{
	return row >= 0 && column >= 0 && row < symbol->rows &&
		column < symbol->width &&
		(symbol->encoded_data[row][column >> 3] >> (column & 7) & 1);
}

/* Light is what is drawn: terminals are dark more often than not. */
static void print_rows(const struct zint_symbol *symbol, FILE *out)
{
	static const char *const blocks[] = { "\u2588", "\u2580", "\u2584", " " };

	for (int row = -QUIET; row < symbol->rows + QUIET; row += 2) {
		for (int column = -QUIET; column < symbol->width + QUIET; column++)
			fputs(blocks[2 * dark(symbol, row, column) +
				     dark(symbol, row + 1, column)], out);
		fputc('\n', out);
	}
}

bool qrcode_print(const char *text, FILE *out)
{
	struct zint_symbol *symbol = ZBarcode_Create();
	bool ok;

	if (!symbol)
		return false;
	symbol->symbology = BARCODE_QRCODE;
	ok = ZBarcode_Encode(symbol, (const unsigned char *)text,
			     (int)strlen(text)) < ZINT_ERROR;
	if (ok)
		print_rows(symbol, out);
	ZBarcode_Delete(symbol);
	return ok;
}
