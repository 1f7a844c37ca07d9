/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/api/federation.h>

static const struct codec_field federation_new_fields[] = {
	CODEC_FORMATTED(struct federation_new, office_id, "office_id", 0, FORMAT_ID),
	CODEC_ENUM(struct federation_new, channel, "channel", 0, channel_names),
	CODEC_TEXT(struct federation_new, desk, "desk", 0),
	CODEC_END,
};

const struct codec federation_new_codec = {
	"FederationNew", sizeof(struct federation_new), federation_new_fields,
	"At which desk the agent will be signed in.",
};

static const struct codec_field federation_fields[] = {
	CODEC_FORMATTED(struct federation, handle, "handle", CODEC_REQUIRED,
			FORMAT_TOKEN),
	CODEC_TEXT(struct federation, provider, "provider", CODEC_REQUIRED),
	CODEC_TEXT(struct federation, user_code, "user_code", CODEC_REQUIRED),
	CODEC_TEXT(struct federation, verification_uri, "verification_uri",
		   CODEC_REQUIRED),
	CODEC_RANGE(struct federation, interval_s, "interval_s", CODEC_REQUIRED, 1,
		    300),
	CODEC_MOMENT(struct federation, expires_at, "expires_at", CODEC_REQUIRED),
	CODEC_END,
};

const struct codec federation_codec = {
	"Federation", sizeof(struct federation), federation_fields,
	"A sign-in that waits for its code to be typed elsewhere.",
};

static const struct codec_field federation_poll_fields[] = {
	CODEC_FORMATTED(struct federation_poll, handle, "handle", CODEC_REQUIRED,
			FORMAT_TOKEN),
	CODEC_END,
};

const struct codec federation_poll_codec = {
	"FederationPoll", sizeof(struct federation_poll), federation_poll_fields,
	"Which sign-in is meant.",
};

static const struct api_problem start_problems[] = {
	{ "federation.none", 409, "Pas de fournisseur d'identité" },
	{ 0 },
};

const struct api_op api_federation_start = {
	.name = "federation.start", .method = API_POST,
	.flags = API_PUBLIC | API_TOKEN,
	.path = "/v1/sessions/federated",
	.summary = "Begin to sign in with the account of another organism",
	.body = &federation_new_codec, .reply = &federation_codec,
	.problems = start_problems, .roles = ROLES_ALL,
};

static const struct api_problem poll_problems[] = {
	{ "grant.pending", 409, "Code pas encore tapé" },
	{ "grant.early", 429, "Demandes trop rapprochées" },
	{ "grant.denied", 403, "Connexion refusée" },
	{ "grant.expired", 422, "Code périmé" },
	{ "identity.refused", 403, "Identité non prouvée" },
	{ "account.unknown", 403, "Pas de compte ici" },
	{ 0 },
};

const struct api_op api_federation_poll = {
	.name = "federation.poll", .method = API_POST,
	.flags = API_PUBLIC | API_CREATED | API_TOKEN,
	.path = "/v1/sessions/federated/poll",
	.summary = "Ask whether the code was typed, and sign in",
	.body = &federation_poll_codec, .reply = &session_codec,
	.problems = poll_problems, .roles = ROLES_ALL,
};
