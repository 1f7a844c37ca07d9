/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the table appointment. */
#ifndef GUICHET_BACKEND_APPOINTMENT_STORE_H
#define GUICHET_BACKEND_APPOINTMENT_STORE_H

#include "cells.h"

struct appointment_row {
	int64_t id, file_id;
	int64_t version;
	struct cell_span span;
	struct appointment told;        /* as the contract gives it */
};

/* Read one appointment with the words of its office, reason and person.
 * Errors: ERR_NOT_FOUND with 404. */
bool appointment_load(struct req *req, int64_t id, struct appointment_row *row,
		      struct err *err);

/* Read the appointments of a day of an office, from one moment to another,
 * earliest first; those of a file, latest first.  They start after the cursor
 * (`after`, `id`); at most `limit` rows of struct appointment_row. */
bool appointment_of_day(struct req *req, int64_t office_id, int64_t from,
			int64_t to, int64_t after, int64_t id, int64_t limit,
			struct rows *out, struct err *err);
bool appointment_of_file(struct req *req, int64_t file_id, int64_t before,
			 int64_t id, int64_t limit, struct rows *out,
			 struct err *err);

/* Insert what id, file_id, span and told say, number included, version 1. */
bool appointment_insert(struct req *req, const struct appointment_row *row,
			struct err *err);

/* Write the members that change (state, who cancelled and why, arrival, note,
 * moved_to) over the version of `row`, and raise it. */
bool appointment_save(struct req *req, struct appointment_row *row,
		      struct err *err);

/* Write to `text` what the agent should know before booking, in sentences,
 * "" when there is nothing.  `except` (0: none) is the one being moved. */
bool appointment_warnings(struct req *req, int64_t file_id, const char *reason,
			  int64_t starts_at, int64_t except,
			  char text[NOTE_SIZE], struct err *err);

#endif
