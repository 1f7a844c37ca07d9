/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "filetype.h"
#include <stdint.h>
#include <string.h>

#define PDF_TAIL 1024                   /* where readers look for the end */

const char *const filetype_names[FILETYPE_N] = {
	[FILETYPE_OTHER] = "",
	[FILETYPE_JPEG] = "image/jpeg",
	[FILETYPE_PNG] = "image/png",
	[FILETYPE_PDF] = "application/pdf",
};

static bool is_frame(unsigned char marker)
{
	/* SOF0 to SOF15, without DHT, JPG and DAC (ITU T.81, table B.1) */
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 &&
	       marker != 0xC8 && marker != 0xCC;
}

static bool is_jpeg(const unsigned char *data, size_t size)
{
	size_t at = 2;
	bool frame = false;

	if (size < 4 || data[0] != 0xFF || data[1] != 0xD8)
		return false;
	while (at + 4 <= size && data[at] == 0xFF) {
		unsigned char marker = data[at + 1];
		size_t length = (size_t)data[at + 2] << 8 | data[at + 3];

		if (marker == 0xFF) {
			at++;
			continue;
		}
		if (length < 2 || length > size - at - 2)
			return false;
		if (is_frame(marker))
			frame = true;
		at += 2 + length;
		if (marker == 0xDA)
			break;
	}
	/* cameras add bytes after the end of the image */
	return frame && at < size &&
	       memmem(data + at, size - at, "\xFF\xD9", 2) != NULL;
}

static uint32_t be32(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | at[3];
}

static bool is_png(const unsigned char *data, size_t size)
{
	size_t at = 8;

	if (size < 33 || memcmp(data, "\x89PNG\r\n\x1A\n", 8) != 0 ||
	    be32(data + 8) != 13 || memcmp(data + 12, "IHDR", 4) != 0 ||
	    be32(data + 16) == 0 || be32(data + 20) == 0)
		return false;
	while (size - at >= 12) {
		size_t length = be32(data + at);

		if (memcmp(data + at + 4, "IEND", 4) == 0)
			return true;
		if (length > size - at - 12)
			return false;
		at += 12 + length;
	}
	return false;
}

static bool is_pdf(const unsigned char *data, size_t size)
{
	size_t tail = size > PDF_TAIL ? size - PDF_TAIL : 0;

	return size > 16 && memcmp(data, "%PDF-", 5) == 0 &&
	       memmem(data + tail, size - tail, "startxref", 9) &&
	       memmem(data + tail, size - tail, "%%EOF", 5);
}

enum filetype filetype_of(const void *data, size_t size)
{
	if (!data)
		return FILETYPE_OTHER;
	if (is_jpeg(data, size))
		return FILETYPE_JPEG;
	if (is_png(data, size))
		return FILETYPE_PNG;
	if (is_pdf(data, size))
		return FILETYPE_PDF;
	return FILETYPE_OTHER;
}
