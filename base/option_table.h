/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that read and print options share. */
#ifndef GUICHET_BASE_OPTION_TABLE_H
#define GUICHET_BASE_OPTION_TABLE_H

#include <guichet/base/option.h>

#define OPTION_SHOWN 80                 /* bytes of a value in a message */
#define OPTION_VARIABLE 64              /* bytes of GUICHET_NAME */

/* Return the row of `name`, or NULL. */
const struct option_def *option_find(const struct option_def *defs,
				     const char *name);

/* Refuse `name`, typed as `shown`, and suggest the nearest option. */
bool option_refuse_unknown(const struct option_def *defs, const char *name,
			   const char *shown, struct err *err);

/* Write the name of the environment variable of `def`. */
void option_variable(const struct option_def *def, char out[OPTION_VARIABLE]);

/* Write a value, typed or read, fit for a message. */
void option_show(char out[OPTION_SHOWN], const char *value);

/* Write a duration as the user would: "5 min", "90 s". */
void option_duration(char out[OPTION_SHOWN], int seconds);

#endif
