/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests (demandes): anything lodged.  A number, states, a history, pieces. */
#ifndef GUICHET_API_REQUEST_H
#define GUICHET_API_REQUEST_H

#include <guichet/api/common.h>

enum request_kind { REQUEST_EHIC, REQUEST_EHIC_LOSS, REQUEST_VITALE,
	REQUEST_VITALE_LOSS, REQUEST_ADDRESS, REQUEST_CERTIFICATE, REQUEST_C2S,
	REQUEST_KIND_N };
extern const char *const request_kind_names[REQUEST_KIND_N + 1];

enum request_state { REQUEST_RECEIVED, REQUEST_WAITING_PIECES,
	REQUEST_PIECES_RECEIVED, REQUEST_CHECKING, REQUEST_REFUSED_PIECE,
	REQUEST_MAKING, REQUEST_SENT, REQUEST_DONE, REQUEST_REFUSED,
	REQUEST_CANCELLED, REQUEST_STATE_N };
extern const char *const request_state_names[REQUEST_STATE_N + 1];

struct request {
	char id[ID_TEXT];
	char number[NUMBER_SIZE];
	int kind, state;
	char insured_id[ID_TEXT];
	char insured_name[NAME_SIZE];   /* "MARTIN Éléonore" */
	char beneficiary_id[ID_TEXT], beneficiary_name[NAME_SIZE];
	struct date lodged_on, updated_on, expected_on;
	char missing[LABEL_SIZE];       /* "photo, pièce d'identité", or "" */
};

struct request_step {
	int64_t at;                     /* moment */
	int state;
	char actor[NAME_SIZE];          /* "A. Lefèvre", "Centre de fabrication" */
	char note[LABEL_SIZE];
};

struct attachment {
	char name[41];                  /* "photo", "identity" */
	char type[24];                  /* "image/jpeg", by content */
	int64_t size;                   /* bytes, at most 5 MiB */
	char sha256[65];
	int64_t received_at;
};

#define STEPS_MAX 24
#define ATTACHMENTS_MAX 4

struct request_detail {
	struct request request;
	size_t step_count;
	struct request_step steps[STEPS_MAX];   /* oldest first */
	size_t attachment_count;
	struct attachment attachments[ATTACHMENTS_MAX];
	char card_masked[MASK_SIZE];    /* the card it made, or "" */
};

struct request_query {
	char insured_id[ID_TEXT];
	char cursor[256];
	int64_t limit;
};

struct follow_query {                   /* what the desk has to follow up */
	char cursor[256];
	int64_t limit;
};

struct attachment_key {
	char request_id[ID_TEXT];
	char name[41];                  /* "photo" or "identity" */
};

extern const struct codec request_codec, request_step_codec, attachment_codec,
	request_detail_codec, request_query_codec, follow_query_codec,
	attachment_key_codec;

/* attachment.put: 413 above 5 MiB, 415 "attachment.type" for another content,
 * 409 request.state when pieces are no longer awaited. */
extern const struct api_op api_request_list, api_request_get, api_request_follow,
	api_attachment_put, api_request_paper;

#endif
