/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A QR code on a terminal. */
#ifndef GUICHET_BACKEND_QRCODE_H
#define GUICHET_BACKEND_QRCODE_H

#include <stdbool.h>
#include <stdio.h>

/* Print `text` as a QR code made of half blocks, its white margin with it.  False
 * when it is too long. */
bool qrcode_print(const char *text, FILE *out);

#endif
