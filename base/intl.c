/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/intl.h>

const char *intl_text(const char *message)
{
	return message;
}

const char *intl_plural(const char *one, const char *many, unsigned long n)
{
	return n > 1 ? many : one;
}
