/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in with the account of another organism: a code shown here is typed
 * elsewhere, by telephone or on another screen (RFC 8628). */
#ifndef GUICHET_API_FEDERATION_H
#define GUICHET_API_FEDERATION_H

#include <guichet/api/session.h>

struct federation_new {
	char office_id[ID_TEXT];        /* as in struct login */
	int channel;                    /* enum channel */
	char desk[16];
};

struct federation {
	char handle[64];                /* says which sign-in federation.poll is about */
	char provider[LABEL_SIZE];      /* "Annuaire national" */
	char user_code[32];             /* "WDJB-MJHT" */
	char verification_uri[256];     /* where it is typed */
	int64_t interval_s;             /* between two polls */
	int64_t expires_at;             /* moment */
};

struct federation_poll { char handle[64]; };

extern const struct codec federation_new_codec, federation_codec,
	federation_poll_codec;

/* federation.start: 409 "federation.none" when the server has no provider.
 * federation.poll: the session, or 409 "grant.pending", 429 "grant.early"
 * (five seconds more between two polls from then on), 403 "grant.denied",
 * "identity.refused" (what the provider says proves nothing) or "account.unknown",
 * 422 "grant.expired" (also once it was used). */
extern const struct api_op api_federation_start, api_federation_poll;

#endif
