/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clipboard.h"

#include <sodium.h>
#include <string.h>

#define BEGIN "\033]52;c;"
#define END "\a"

_Static_assert(sodium_base64_ENCODED_LEN(CLIPBOARD_MOST,
					 sodium_base64_VARIANT_ORIGINAL) +
	       sizeof(BEGIN END) - 1 <= CLIPBOARD_SIZE, "room for the longest text");

bool clipboard_sequence(char out[CLIPBOARD_SIZE], const char *text)
{
	const size_t begin = sizeof(BEGIN) - 1;
	size_t size = strlen(text);

	if (size > CLIPBOARD_MOST)
		return false;
	memcpy(out, BEGIN, begin);
	sodium_bin2base64(out + begin, CLIPBOARD_SIZE - begin,
			  (const unsigned char *)text, size,
			  sodium_base64_VARIANT_ORIGINAL);
	memcpy(out + strlen(out), END, sizeof(END));
	return true;
}
