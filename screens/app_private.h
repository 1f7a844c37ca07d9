/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The application itself: seen by the files that are the application, not by
 * screens in general. */
#ifndef GUICHET_SCREENS_APP_PRIVATE_H
#define GUICHET_SCREENS_APP_PRIVATE_H

#include "access.h"
#include "app.h"
#include "confirm.h"
#include "reveal.h"

#include <guichet/base/nir.h>

/* The file being opened from the desk: its contact first, then its screen. */
struct opening {
	char insured_id[ID_TEXT];
	const struct ui_screen *screen;
	enum file_proof proof;
	char draft[64];                 /* to take up then, or "" */
	char reference[41];             /* asked, when the server wants one */
	void (*opened)(struct ui_ctx *ctx, void *state);
	struct contact contact;
	char etag[48];
};

/* A paper fetched, until the agent says where it goes. */
struct paper {
	const struct ui_ctx *asker;     /* compared only: it may be gone */
	struct buf bytes;
	char name[64];                  /* without ".pdf" */
};

/* The change of an appointment that waits for the reading of its ETag. */
struct change {
	struct appointment_key key;
	struct appointment_change body;
	int state;                      /* what the agent saw: enum appointment_state */
	int64_t starts_at;
};

/* What the screens of the trace share: its filter, and the row looked at. */
struct journal {
	struct journal_query filter;
	char person[NAME_SIZE];         /* of filter.insured_id, or "" */
	char office[LABEL_SIZE];        /* of filter.office_id, or "" */
	struct journal_line line;
	unsigned turn;                  /* counts the changes of the filter */
};

struct app {
	const struct config *config;
	struct api *api;
	struct ui *ui;
	struct owner owner;             /* of calls of no screen */
	struct session session;         /* without its token */
	bool signed_in, discreet;
	struct owner quiet;             /* of the timer since the last call */
	int looks_left;                 /* for a key, once the end is announced */
	struct file *files;
	struct opening opening;
	bool welcomed;                  /* the screen asked for was opened */
	struct change change;
	bool unlock_code;               /* the privacy screen asks the second factor */
	char unlock_password[128];      /* meanwhile, wiped afterwards */
	struct paper paper;
	struct reveal_shown reveal;
	char reveal_for[ID_TEXT];       /* the person of the value asked for */
	bool reveal_wanted;             /* no lock came since it was asked for */
	struct journal journal;
	struct review review;           /* the row of the queue looked at */
	unsigned decided;               /* counts the decisions */
	int volume;                     /* enum volume, of the last file opened */
	int64_t files_today;
	char drafts[512];               /* folder, "" when there is none */
};

/* The password typed on the privacy screen: see unlock.c. */
void app_unlock(void *user, const char *text);

/* Forget the paper fetched. */
void paper_forget(struct app *app);

/* A call was just made: the session lasts from now on. */
void idle_restart(struct app *app);

/* Give the slot held under that id back; end a contact under which nothing was
 * read.  Nobody waits for the answer. */
void hold_give_back(struct app *app, const char *hold_id);
void contact_give_back(struct app *app, const char *contact_id);

/* Forget a file and its calls. */
void file_free(struct app *app, struct file *file);

#endif
