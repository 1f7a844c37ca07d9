/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in: POST /v1/sessions, GET and DELETE /v1/sessions/current, and the
 * password asked again by the privacy screen. */
#ifndef GUICHET_API_SESSION_H
#define GUICHET_API_SESSION_H

#include <guichet/api/common.h>

struct login {
	char user[64];
	char password[128];
	char code[9];                   /* second factor, when it is asked for */
	char office_id[ID_TEXT];        /* "" : the agent's own office */
	int channel;                    /* enum channel: what this desk serves */
	char desk[16];                  /* "3" */
};

struct session {
	char token[64];                 /* of session.create and session.unlock */
	char draft_key[64];             /* of the former: seals this agent's drafts */
	char user[64];
	char display_name[NAME_SIZE];   /* "A. Lefèvre" */
	int role;                       /* enum role */
	char caisse[6];                 /* "01381" */
	char caisse_name[LABEL_SIZE];   /* "CPAM de l'Isère" */
	char department[4];             /* "38": holidays and zone */
	char office_id[ID_TEXT];
	char office_name[LABEL_SIZE];
	int channel;
	char desk[16];
	int64_t expires_at;             /* moment: 10 h after the sign-in */
	int64_t idle_s;                 /* seconds without a call that end it */
};

struct password_check { char password[128]; };

extern const struct codec login_codec, session_codec, password_check_codec;

/* 401 "login.refused" for an unknown user as for a wrong password, in the same
 * time; 401 "second.factor" when the password was right and a code is needed,
 * "code.refused" when it was wrong or used already; 429 "login.locked" after too
 * many of either. */
extern const struct api_op api_session_create, api_session_get,
	api_session_delete, api_session_unlock;

#endif
