/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acts out of the ordinary: a reason, a reference, and the password given again,
 * which serves one act only. */
#ifndef GUICHET_SCREENS_CONFIRM_H
#define GUICHET_SCREENS_CONFIRM_H

#include "app.h"

/* What such a form holds besides whom it is about. */
struct confirm {
	int reason;                     /* enum access_reason */
	char reference[41], password[128];
};

/* The fields of the member `confirm` of a state; the check of the reference is of
 * the form, which knows its state. */
#define CONFIRM_FIELDS(form, on_reference) \
	{ .name = "reason", .label = N_("Motif"), .type = UI_FIELD_CHOICE, \
	  UI_MEMBER(form, confirm.reason), .width = 24, \
	  .choices = label_access_reason, \
	  .hint = N_("← → pour changer, F4 pour la liste") }, \
	{ .name = "reference", .label = N_("Référence"), .type = UI_FIELD_TEXT, \
	  UI_MEMBER(form, confirm.reference), .width = 30, \
	  .flags = UI_REQUIRED, .check = (on_reference), \
	  .hint = N_("visite, appel, courrier ou tâche : son numéro") }, \
	{ .name = "password", .label = N_("Votre mot de passe"), \
	  .type = UI_FIELD_SECRET, .flags = UI_REQUIRED, .width = 30, \
	  UI_MEMBER(form, confirm.password) }

/* The two calls: the password first, then `act` runs.  The password is wiped
 * whatever the server says; a refusal leaves the cursor on it. */
void confirm_password(struct ui_ctx *ctx, struct confirm *confirm, app_done act);

/* The password was right: the session goes on under its new token. */
void confirm_given(struct ui_ctx *ctx, struct api_reply *reply);

/* Send what was confirmed, under the key of the form; the file is opened next. */
void confirm_act(struct ui_ctx *ctx, const struct api_op *op, const void *body);

/* A reference is a number: a letter, a task, a call. */
bool confirm_check_reference(const char *reference, struct err *err);

/* The words of enum access_reason, for a field. */
extern const char *const label_access_reason[ACCESS_REASON_N + 1];

#endif
