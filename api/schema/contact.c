/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/api/contact.h>

const char *const contact_reason_names[CONTACT_REASON_N + 1] = {
	[CONTACT_PAYMENTS] = "payments",
	[CONTACT_RIGHTS] = "rights",
	[CONTACT_FAMILY] = "family",
	[CONTACT_EHIC] = "ehic",
	[CONTACT_VITALE] = "vitale",
	[CONTACT_APPOINTMENT] = "appointment",
	[CONTACT_REQUEST] = "request",
	[CONTACT_CERTIFICATE] = "certificate",
	[CONTACT_DETAILS] = "details",
	[CONTACT_STOPPAGE] = "stoppage",
	[CONTACT_OTHER] = "other",
	NULL,
};

const char *const motive_names[MOTIVE_N + 1] = {
	[MOTIVE_VISIT] = "visit",
	[MOTIVE_CALL] = "call",
	[MOTIVE_MAIL] = "mail",
	[MOTIVE_TASK] = "task",
	NULL,
};

const char *const perimeter_names[PERIMETER_N + 1] = {
	[PERIMETER_OWN] = "own",
	[PERIMETER_BREAK_GLASS] = "break-glass",
	[PERIMETER_OTHER] = "other",
	NULL,
};

const char *const volume_names[VOLUME_N + 1] = {
	[VOLUME_USUAL] = "usual",
	[VOLUME_ALERT] = "alert",
	[VOLUME_STOP] = "stop",
	NULL,
};

const char *const contact_outcome_names[OUTCOME_N + 1] = {
	[OUTCOME_ANSWERED] = "answered",
	[OUTCOME_LODGED] = "lodged",
	[OUTCOME_BOOKED] = "booked",
	[OUTCOME_ORIENTED] = "oriented",
	[OUTCOME_FORWARDED] = "forwarded",
	[OUTCOME_ABANDONED] = "abandoned",
	[OUTCOME_REFUSED_PROOF] = "refused-proof",
	NULL,
};

const char *const proof_kind_names[PROOF_N + 1] = {
	[PROOF_SIMPLE] = "simple",
	[PROOF_DOCUMENT] = "document",
	[PROOF_VITALE] = "vitale",
	NULL,
};

const char *const identity_document_names[DOCUMENT_N + 1] = {
	[DOCUMENT_ID_CARD] = "id-card",
	[DOCUMENT_PASSPORT] = "passport",
	[DOCUMENT_RESIDENCE] = "residence-permit",
	[DOCUMENT_LICENCE] = "driving-licence",
	[DOCUMENT_VITALE_PHOTO] = "vitale-with-photo",
	NULL,
};

static const struct codec_field contact_new_fields[] = {
	CODEC_FORMATTED(struct contact_new, insured_id, "insured_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_ENUM(struct contact_new, channel, "channel", 0, channel_names),
	CODEC_ENUM(struct contact_new, reason, "reason", 0, contact_reason_names),
	CODEC_ENUM(struct contact_new, motive, "motive", 0, motive_names),
	CODEC_FORMATTED(struct contact_new, reference, "reference", 0,
			FORMAT_REFERENCE),
	CODEC_END,
};

const struct codec contact_new_codec = {
	"ContactNew", sizeof(struct contact_new), contact_new_fields,
	"Somebody is being served about the file of one insured person.",
};

static const struct codec_field contact_fields[] = {
	CODEC_FORMATTED(struct contact, id, "id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_FORMATTED(struct contact, insured_id, "insured_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_FORMATTED(struct contact, agent, "agent", CODEC_REQUIRED,
			FORMAT_CODE),
	CODEC_ENUM(struct contact, channel, "channel", CODEC_REQUIRED,
		   channel_names),
	CODEC_ENUM(struct contact, reason, "reason", 0, contact_reason_names),
	CODEC_TEXT(struct contact, reference, "reference", 0),
	CODEC_RANGE(struct contact, tier, "tier", CODEC_REQUIRED, 0, 2),
	CODEC_ENUM(struct contact, proof, "proof", 0, proof_kind_names),
	CODEC_ENUM(struct contact, outcome, "outcome", 0, contact_outcome_names),
	CODEC_ENUM(struct contact, advised, "advised", 0, channel_names),
	CODEC_TEXT(struct contact, note, "note", CODEC_MANY_LINES),
	CODEC_MOMENT(struct contact, opened_at, "opened_at", CODEC_REQUIRED),
	CODEC_MOMENT(struct contact, closed_at, "closed_at", 0),
	CODEC_ENUM(struct contact, suggested_reason, "suggested_reason", 0,
		   contact_reason_names),
	CODEC_ENUM(struct contact, suggested_outcome, "suggested_outcome", 0,
		   contact_outcome_names),
	CODEC_ENUM(struct contact, motive, "motive", 0, motive_names),
	CODEC_ENUM(struct contact, perimeter, "perimeter", 0, perimeter_names),
	CODEC_MOMENT(struct contact, until, "until", 0),
	CODEC_RANGE(struct contact, files_today, "files_today", 0, 0, 1000000),
	CODEC_ENUM(struct contact, volume, "volume", 0, volume_names),
	CODEC_END,
};

const struct codec contact_codec = {
	"Contact", sizeof(struct contact), contact_fields,
	"Who was served, how, why, with which proof of identity, and the end.",
};

static const struct codec_field contact_change_fields[] = {
	CODEC_ENUM(struct contact_change, reason, "reason", 0,
		   contact_reason_names),
	CODEC_FORMATTED(struct contact_change, reference, "reference", 0,
			FORMAT_REFERENCE),
	CODEC_END,
};

const struct codec contact_change_codec = {
	"ContactChange", sizeof(struct contact_change), contact_change_fields,
	"What is said here replaces what was known; the rest stays.",
};

static const struct codec_field contact_end_fields[] = {
	CODEC_ENUM(struct contact_end, reason, "reason", CODEC_REQUIRED,
		   contact_reason_names),
	CODEC_ENUM(struct contact_end, outcome, "outcome", CODEC_REQUIRED,
		   contact_outcome_names),
	CODEC_ENUM(struct contact_end, advised, "advised", 0, channel_names),
	CODEC_TEXT(struct contact_end, note, "note", CODEC_MANY_LINES),
	CODEC_END,
};

const struct codec contact_end_codec = {
	"ContactEnd", sizeof(struct contact_end), contact_end_fields,
	"How the contact ended.",
};

static const struct codec_field proof_new_fields[] = {
	CODEC_ENUM(struct proof_new, kind, "kind", CODEC_REQUIRED,
		   proof_kind_names),
	CODEC_ENUM(struct proof_new, document, "document", 0,
		   identity_document_names),
	CODEC_BIRTH_DATE(struct proof_new, birth, "birth", 0),
	CODEC_FORMATTED(struct proof_new, postcode, "postcode", 0,
			FORMAT_POSTCODE),
	CODEC_FORMATTED(struct proof_new, phone, "phone", 0, FORMAT_PHONE),
	CODEC_FORMATTED(struct proof_new, serial, "serial", 0, FORMAT_DIGITS),
	CODEC_END,
};

const struct codec proof_new_codec = {
	"ProofNew", sizeof(struct proof_new), proof_new_fields,
	"What the person showed or said to prove who they are.",
};

static const struct codec_field proof_fields[] = {
	CODEC_BOOL(struct proof, match, "match", CODEC_REQUIRED),
	CODEC_RANGE(struct proof, tier, "tier", CODEC_REQUIRED, 0, 2),
	CODEC_RANGE(struct proof, tries_left, "tries_left", CODEC_REQUIRED, 0, 9),
	CODEC_END,
};

const struct codec proof_codec = {
	"Proof", sizeof(struct proof), proof_fields,
	"Match or no match, never what was expected.",
};

static const struct api_problem create_problems[] = {
	{ "file.own", 403, "Votre propre dossier" },
	{ "file.sensitive", 403, "Dossier sensible" },
	{ "reauth.needed", 403, "Mot de passe à redonner" },
	{ "reference.needed", 422, "Référence manquante" },
	{ "volume.stopped", 429, "Trop de dossiers ouverts" },
	{ 0 },
};

static const struct api_problem closed_problems[] = {
	{ "contact.closed", 409, "Contact déjà clos" },
	{ 0 },
};

static const struct api_problem prove_problems[] = {
	{ "contact.closed", 409, "Contact déjà clos" },
	{ "proof.locked", 409, "Trop d'essais d'identification" },
	{ "proof.channel", 422, "Preuve impossible par ce canal" },
	{ "proof.incomplete", 422, "Preuve incomplète" },
	{ 0 },
};

const struct api_op api_contact_create = {
	.name = "contact.create", .method = API_POST,
	.flags = API_KEYED | API_CREATED | API_ETAG,
	.path = "/v1/contacts",
	.summary = "Open a contact about the file of an insured person",
	.body = &contact_new_codec, .reply = &contact_codec,
	.problems = create_problems,
	.roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};

const struct api_op api_contact_get = {
	.name = "contact.get", .method = API_GET, .flags = API_ETAG,
	.path = "/v1/contacts/{contact_id}",
	.summary = "Read a contact",
	.query = &contact_key_codec, .reply = &contact_codec,
	.roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};

const struct api_op api_contact_update = {
	.name = "contact.update", .method = API_PATCH,
	.flags = API_KEYED | API_IF_MATCH | API_ETAG,
	.path = "/v1/contacts/{contact_id}",
	.summary = "Change the reason or the reference of an open contact",
	.query = &contact_key_codec, .body = &contact_change_codec,
	.reply = &contact_codec,
	.problems = closed_problems, .roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};

const struct api_op api_contact_close = {
	.name = "contact.close", .method = API_POST,
	.flags = API_KEYED | API_ETAG,
	.path = "/v1/contacts/{contact_id}/close",
	.summary = "Close a contact with its reason and outcome",
	.query = &contact_key_codec, .body = &contact_end_codec,
	.reply = &contact_codec,
	.problems = closed_problems, .roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};

const struct api_op api_contact_prove = {
	.name = "contact.prove", .method = API_POST, .flags = API_KEYED,
	.path = "/v1/contacts/{contact_id}/proofs",
	.summary = "Record a proof of identity, which may raise the tier",
	.query = &contact_key_codec, .body = &proof_new_codec,
	.reply = &proof_codec,
	.problems = prove_problems, .roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};
