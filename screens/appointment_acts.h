/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to an appointment from a list of them: the file's and the day
 * board of an office. */
#ifndef GUICHET_SCREENS_APPOINTMENT_ACTS_H
#define GUICHET_SCREENS_APPOINTMENT_ACTS_H

#include "screens.h"

/* Change the state of the selected appointment, one of the UI_ROWS() of the
 * screen; the row is corrected when the server agreed. */
void appointment_set(struct ui_ctx *ctx, int state);

/* Ask by whom it is cancelled, then cancel it. */
void appointment_cancel(struct ui_ctx *ctx);

/* Book the selected appointment anew at another time. */
void appointment_move(struct ui_ctx *ctx);

/* Print the confirmation of the selected appointment. */
void appointment_print(struct ui_ctx *ctx);

/* Cells that both lists show. */
enum ui_style cell_appointment_day(const struct ui_ctx *ctx, const void *row,
				   char *out, size_t out_size);
enum ui_style cell_appointment_hour(const struct ui_ctx *ctx, const void *row,
				    char *out, size_t out_size);
enum ui_style cell_appointment_state(const struct ui_ctx *ctx, const void *row,
				     char *out, size_t out_size);

#endif
