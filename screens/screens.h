/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screens, and what they share. */
#ifndef GUICHET_SCREENS_SCREENS_H
#define GUICHET_SCREENS_SCREENS_H

#include "access.h"
#include "app.h"
#include "labels.h"

#include <guichet/base/text.h>

extern const struct ui_screen screen_about, screen_agenda, screen_appointments,
	screen_approval, screen_approvals, screen_attach, screen_booking,
	screen_break_glass, screen_cards, screen_contact_close,
	screen_ehic, screen_ehic_loss, screen_family, screen_federate,
	screen_grant, screen_home,
	screen_insured, screen_journal, screen_journal_filter,
	screen_journal_line, screen_login, screen_offices, screen_payment,
	screen_payments, screen_period, screen_prove, screen_request,
	screen_requests, screen_rights, screen_search, screen_vitale,
	screen_vitale_loss;

/* Every screen, ended by NULL; every command, ended by { 0 }; the actions that
 * work on every screen. */
extern const struct ui_screen *const screens[];
extern const struct ui_command commands[];

/* Whether a screen is one of the desk's own, not of the toolkit. */
bool command_knows(const struct ui_screen *screen);

/* Complete the argument of a screen opened by name, or refuse: the open file is
 * meant where none is said. */
bool command_named(const struct ui_ctx *ctx, const struct ui_screen *screen,
		   char arg[UI_ARG_SIZE], struct err *err);
extern const struct ui_action desk_actions[];

/* Whether one of desk_actions makes sense on this screen now. */
bool desk_offers(const struct ui_ctx *ctx, const char *action);

/* The strip of tabs of a file, and what Back does on its first screen: the
 * contact is closed before the file is left. */
extern const struct ui_tab file_tabs[];
bool file_leaving(struct ui_ctx *ctx, void *state);

/* What a cell shows of an amount that may be hidden, and of a moment. */
void cell_amount(int64_t cts, char *out, size_t out_size);
void cell_date(struct date date, char *out, size_t out_size);

/* The birth of a person, or its year when the rest is hidden. */
void cell_birth(const struct beneficiary *person, char *out, size_t out_size);

/* "06 39 98 00 42", when it is ten digits. */
void phone_words(const char *phone, char *out, size_t out_size);

/* How F8 opens a file: at the counter the document was seen. */
enum file_proof proof_by_sight(const struct ui_ctx *ctx);

/* Whether a text may be sent as a search; it names the field "text".  Errors:
 * ERR_INVALID for a bank number, which no search is for. */
bool may_search(const char *text, struct err *err);

/* Write the path that was typed; "~/" is the home folder. */
void real_path(const char *typed, char *out, size_t out_size);

/* Copy a text of several lines as one, with commas between. */
void one_line(char *out, size_t out_size, const char *text);

#endif
