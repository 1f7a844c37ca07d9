/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/err.h>

#include <string.h>

void err_clear(struct err *err)
{
	if (err)
		memset(err, 0, sizeof(*err));
}
