/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may open which file, and who looks at it afterwards: acts that need a
 * reason and a password given again, the supervisors' queue of them, hidden
 * values shown one by one, and the trace read back. */
#ifndef GUICHET_API_ACCESS_H
#define GUICHET_API_ACCESS_H

#include <guichet/api/contact.h>

/* Why an agent reads a file that is not theirs to read every day. */
enum access_reason {
	ACCESS_PASSING,                 /* the person is away from their caisse */
	ACCESS_MOVED,                   /* the file is about to change caisse */
	ACCESS_EMERGENCY,               /* care that cannot wait */
	ACCESS_MUTUAL_AID,              /* this caisse answers for another one */
	ACCESS_COMPLAINT,               /* a complaint is looked into */
	ACCESS_CONTROL,                 /* a control of the caisse */
	ACCESS_REASON_N
};
extern const char *const access_reason_names[ACCESS_REASON_N + 1];

/* Out of the perimeter for half an hour: the NIR travels in the body only. */
struct break_glass_new {
	char nir[14];                   /* 13 characters, without the key */
	int reason;                     /* enum access_reason */
	char reference[41];             /* FORMAT_REFERENCE */
};

/* A supervisor opens a sensitive file to one agent, or to themselves. */
struct grant_new {
	char insured_id[ID_TEXT];
	char agent[64];                 /* login; "": who asks */
	int reason;
	char reference[41];
};

/* The file may be opened with contact.create until then. */
struct access {
	char review_id[ID_TEXT];
	char insured_id[ID_TEXT];
	char agent[64];                 /* login of who may open it */
	char caisse[6], caisse_name[LABEL_SIZE]; /* of the file */
	int64_t until;                  /* moment */
};

enum review_kind {
	REVIEW_BREAK_GLASS,             /* a file of another caisse */
	REVIEW_SENSITIVE,               /* a sensitive file, opened to somebody */
	REVIEW_VOLUME,                  /* many files in a day or in minutes */
	REVIEW_STOP,                    /* too many: the agent is stopped */
	REVIEW_KIND_N
};
extern const char *const review_kind_names[REVIEW_KIND_N + 1];

enum review_state { REVIEW_PENDING, REVIEW_JUSTIFIED, REVIEW_UNJUSTIFIED,
	REVIEW_STATE_N };
extern const char *const review_state_names[REVIEW_STATE_N + 1];

/* What the supervisor found; never free text about a person. */
enum review_finding {
	FINDING_VISIT,                  /* the visit or the call is in the queue */
	FINDING_TASK,                   /* the task or the mail exists */
	FINDING_TOLD,                   /* the agent has explained */
	FINDING_LOAD,                   /* a day of unusual load */
	FINDING_MISTAKE,                /* the wrong file: nothing was used */
	FINDING_NONE,                   /* nothing bears it out */
	FINDING_REPORTED,               /* passed on to the security officer */
	FINDING_N
};
extern const char *const review_finding_names[FINDING_N + 1];

struct review {
	char id[ID_TEXT];
	int kind, state;
	char agent[64];                 /* login of who reads */
	char agent_name[NAME_SIZE];
	char opened_by[64];             /* login of the supervisor, REVIEW_SENSITIVE */
	char insured_id[ID_TEXT];       /* "" for volumes */
	char person[NAME_SIZE];         /* of that file, as called now */
	char caisse[6];                 /* of the file; "" for volumes */
	int reason;                     /* enum access_reason or -1 */
	char reference[41];
	int64_t files;                  /* volumes: how many, else CODEC_NONE */
	int64_t minutes;                /* volumes: in how long; the day: none */
	int64_t reads;                  /* answers given on that file under it */
	int64_t opened_at, until;       /* moments; until 0 for volumes */
	char decided_by[64];            /* login or "" */
	int finding;                    /* enum review_finding or -1 */
	int64_t decided_at;
	bool mine;                      /* who asks may not decide it */
};

struct review_query {
	int state, kind;                /* or -1 */
	char agent[64];                 /* login or "" */
	int64_t limit;
	char cursor[256];
};

struct review_totals { int64_t pending; }; /* of the caisse, whatever the filter */

struct review_key { char review_id[ID_TEXT]; };
struct review_decision {
	int state;                      /* REVIEW_JUSTIFIED or REVIEW_UNJUSTIFIED */
	int finding;
};

/* Values that answers hide or never hold. */
enum reveal_field { REVEAL_NIR, REVEAL_IBAN, REVEAL_PHONE, REVEAL_EMAIL,
	REVEAL_VITALE_SERIAL, REVEAL_N };
extern const char *const reveal_field_names[REVEAL_N + 1];

struct reveal_new {
	int field;                      /* enum reveal_field */
	char beneficiary_id[ID_TEXT];   /* "": the insured person */
};

struct reveal {
	int field;
	char value[64];                 /* as it is told; "": nothing is known */
	int64_t seconds;                /* to be shown for */
};

/* One line of the trace: who, when, what, on which file; never a value of it. */
struct journal_line {
	int64_t number;                 /* 1, 2, 3... no gap in a caisse */
	int64_t at;
	char agent[64], agent_name[NAME_SIZE];
	char office[LABEL_SIZE];
	char operation[40];             /* "payment.list" */
	char insured_id[ID_TEXT];
	char person[NAME_SIZE];         /* of that file, as called now: not traced */
	char contact_id[ID_TEXT];
	int channel, motive, reason;    /* of the contact, or -1 */
	char reference[41];             /* of the contact */
	char object[48];
	int64_t status;
	char trace[9];                  /* the end of the trace, as screens show it */
};

struct journal_query {
	char agent[64];                 /* login */
	char insured_id[ID_TEXT];
	char operation[40];             /* whole name */
	struct date from, to;           /* both included, in the caisse's zone */
	char office_id[ID_TEXT];
	bool refused;                   /* only what was refused */
	bool export;                    /* the page goes to a file: traced as such */
	int64_t limit;
	char cursor[256];
};

extern const struct codec break_glass_new_codec, grant_new_codec, access_codec,
	review_codec, review_query_codec, review_totals_codec, review_key_codec,
	review_decision_codec, reveal_new_codec, reveal_codec,
	journal_line_codec, journal_query_codec;

/* The first two need the password given again (session.unlock) within two
 * minutes: 403 "reauth.needed"; it serves once. */
extern const struct api_op api_break_glass_create, api_grant_create,
	api_review_list, api_review_decide, api_insured_reveal, api_journal_list;

#endif
