/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only place where a screen meets the client.  A screen asks for rows or for
 * an act; what comes back is put into its state, or said to the agent, and never
 * reaches a screen that is gone. */
#ifndef GUICHET_SCREENS_APP_H
#define GUICHET_SCREENS_APP_H

#include <guichet/api/client.h>
#include <guichet/api/ops.h>
#include <guichet/tui/run.h>

struct app;

/* One open file: a contact, and what the header says of the person. */
struct file {
	struct file *next;
	struct owner owner;             /* of the calls of the file itself */
	char insured_id[ID_TEXT];
	struct contact contact;
	char contact_etag[48];
	struct insured insured;
	bool loaded;                    /* `insured` was read */
	struct payment_query filter;    /* of the list of payments */
	struct app *app;
	char draft[64];                 /* to take up once it is open, or "" */
};

/* The application behind `ctx`; who is signed in; the file of this space, NULL
 * at the desk. */
struct app *app_of(const struct ui_ctx *ctx);
const struct session *app_session(const struct ui_ctx *ctx);
struct file *app_file(const struct ui_ctx *ctx);

/* The zone of the caisse, and today there. */
enum zone app_zone(const struct ui_ctx *ctx);
struct date app_today(const struct ui_ctx *ctx);

/* ---- Reading --------------------------------------------------------------- */

typedef void (*app_done)(struct ui_ctx *ctx, void *state, struct api_reply *reply);

/* What to do with the reply of an act that was given up, `about` being that of the
 * act. */
typedef void (*app_unwanted)(struct app *app, const char *about,
			     const struct api_reply *reply);

/* Read a list into `rows`, a member of the state; `done` (may be NULL) runs
 * after it, for the totals or the cursor.  A failure is said to the agent. */
void app_list(struct ui_ctx *ctx, const struct api_op *op, const void *query,
	      struct rows *rows, app_done done);

/* The same, when nothing can be done before: the keys pressed meanwhile wait. */
void app_list_expected(struct ui_ctx *ctx, const struct api_op *op,
		       const void *query, struct rows *rows, app_done done);

/* Read the next page and add it to `rows`. */
void app_list_more(struct ui_ctx *ctx, const struct api_op *op,
		   const void *query, struct rows *rows, app_done done);

/* Read one thing; `done` runs on success only. */
void app_get(struct ui_ctx *ctx, int slot, const struct api_op *op,
	     const void *query, app_done done);

/* The same, when nothing can be done before: the keys pressed meanwhile wait, and
 * are forgotten with a refusal.  After Esc nothing comes, not even the refusal. */
void app_get_expected(struct ui_ctx *ctx, int slot, const struct api_op *op,
		      const void *query, app_done done);

/* ---- Writing --------------------------------------------------------------- */

struct app_act {
	const struct api_op *op;
	const void *query, *body;       /* copied */
	const char *etag;               /* API_IF_MATCH */
	const char *file;               /* API_RAW_BODY: path */
	const char *saying;             /* "Dépôt en cours", or NULL */
	bool form;                      /* the act of this form: ui_key() */
	bool expected;                  /* the keys pressed meanwhile wait */
	bool can_give_up;               /* expected until Esc: then nobody is told */
	app_unwanted unwanted;          /* but this; may be NULL */
	const char *about;              /* an id for it; copied, may be NULL */
	app_done done;                  /* on success */
	app_done refused;               /* on failure; NULL: ui_error() */
};

/* Start a write.  One at a time for a screen: while it runs another is refused
 * with a message, and false is returned. */
bool app_act(struct ui_ctx *ctx, const struct app_act *act);

/* Fetch a paper (API_RAW_REPLY), ask where it goes, save it or print it. */
void app_paper(struct ui_ctx *ctx, const struct api_op *op, const void *query,
	       const char *name);

/* Open the screen of --open, once; false when there is none. */
bool app_open_asked(struct ui_ctx *ctx);

/* ---- Files ----------------------------------------------------------------- */

enum file_proof { FILE_ASK_NOTHING, FILE_DOCUMENT_SEEN };

/* Open the file of somebody found: its contact first, then `screen`, one of those
 * with tabs, in a space of its own.  Goes to the space when the file is open
 * already.  `opened` (may be NULL) runs when it is there, not when the server
 * refused. */
void app_open_file(struct ui_ctx *ctx, const char *insured_id,
		   const struct ui_screen *screen, enum file_proof proof,
		   void (*opened)(struct ui_ctx *ctx, void *state));

/* The drafts found at the start, newest first, as rows of struct ui_draft. */
void app_drafts(struct ui_ctx *ctx, struct rows *out);

/* Open the file that a draft belongs to, and the draft on it. */
void app_take_up(struct ui_ctx *ctx, const struct ui_draft *draft);

/* Ask what became of what a draft sent: the same goes again under its key.  Done,
 * the draft goes; refused, it is taken up. */
void app_send_again(struct ui_ctx *ctx, const struct ui_draft *draft);

/* Read the header of the file again (after a proof or a write). */
void app_refresh_file(struct ui_ctx *ctx);

/* The contact of the file was closed: close its space. */
void app_close_file(struct ui_ctx *ctx);

/* ---- Starting -------------------------------------------------------------- */

struct config;

/* Build the application on a configuration.  The caller frees with app_free(). */
struct app *app_new(const struct config *config, struct err *err);
void app_free(struct app *app);

/* Run until the agent leaves; returns the exit code. */
int app_run(struct app *app, struct err *err);

/* Fill what the toolkit needs for this application, for tests as well. */
void app_setup(struct app *app, struct ui_setup *setup);

/* The agent gave the password again: the session goes on under the token of the
 * answer, which leaves the struct. */
void app_renewed(struct app *app, struct session *session);

/* The agent signed in: remember the session; the token leaves the struct. */
void app_signed_in(struct app *app, struct session *session);
void app_sign_out(struct app *app);

#endif
