/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/api/request.h>

const char *const request_kind_names[REQUEST_KIND_N + 1] = {
	[REQUEST_EHIC] = "ehic",
	[REQUEST_EHIC_LOSS] = "ehic-loss",
	[REQUEST_VITALE] = "vitale",
	[REQUEST_VITALE_LOSS] = "vitale-loss",
	[REQUEST_ADDRESS] = "address",
	[REQUEST_CERTIFICATE] = "certificate",
	[REQUEST_C2S] = "c2s",
	NULL,
};

const char *const request_state_names[REQUEST_STATE_N + 1] = {
	[REQUEST_RECEIVED] = "received",
	[REQUEST_WAITING_PIECES] = "waiting-pieces",
	[REQUEST_PIECES_RECEIVED] = "pieces-received",
	[REQUEST_CHECKING] = "checking",
	[REQUEST_REFUSED_PIECE] = "refused-piece",
	[REQUEST_MAKING] = "making",
	[REQUEST_SENT] = "sent",
	[REQUEST_DONE] = "done",
	[REQUEST_REFUSED] = "refused",
	[REQUEST_CANCELLED] = "cancelled",
	NULL,
};

static const struct codec_field request_fields[] = {
	CODEC_FORMATTED(struct request, id, "id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_FORMATTED(struct request, number, "number", CODEC_REQUIRED,
			FORMAT_NUMBER),
	CODEC_ENUM(struct request, kind, "kind", CODEC_REQUIRED,
		   request_kind_names),
	CODEC_ENUM(struct request, state, "state", CODEC_REQUIRED,
		   request_state_names),
	CODEC_FORMATTED(struct request, insured_id, "insured_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_TEXT(struct request, insured_name, "insured_name",
		   CODEC_REQUIRED),
	CODEC_FORMATTED(struct request, beneficiary_id, "beneficiary_id", 0,
			FORMAT_ID),
	CODEC_TEXT(struct request, beneficiary_name, "beneficiary_name", 0),
	CODEC_DATE(struct request, lodged_on, "lodged_on", CODEC_REQUIRED),
	CODEC_DATE(struct request, updated_on, "updated_on", 0),
	CODEC_DATE(struct request, expected_on, "expected_on", 0),
	CODEC_TEXT(struct request, missing, "missing", 0),
	CODEC_END,
};

const struct codec request_codec = {
	"Request", sizeof(struct request), request_fields,
	"Anything lodged, with its number and its state.",
};

static const struct codec_field request_step_fields[] = {
	CODEC_MOMENT(struct request_step, at, "at", CODEC_REQUIRED),
	CODEC_ENUM(struct request_step, state, "state", CODEC_REQUIRED,
		   request_state_names),
	CODEC_TEXT(struct request_step, actor, "actor", 0),
	CODEC_TEXT(struct request_step, note, "note", 0),
	CODEC_END,
};

const struct codec request_step_codec = {
	"RequestStep", sizeof(struct request_step), request_step_fields,
	"When a request took a state, and who made it so.",
};

static const struct codec_field attachment_fields[] = {
	CODEC_FORMATTED(struct attachment, name, "name", CODEC_REQUIRED,
			FORMAT_FILE_NAME),
	CODEC_TEXT(struct attachment, type, "type", CODEC_REQUIRED),
	CODEC_RANGE(struct attachment, size, "size", CODEC_REQUIRED,
		    1, 5 * 1024 * 1024),
	CODEC_FORMATTED(struct attachment, sha256, "sha256", CODEC_REQUIRED,
			FORMAT_SHA256),
	CODEC_MOMENT(struct attachment, received_at, "received_at",
		     CODEC_REQUIRED),
	CODEC_END,
};

const struct codec attachment_codec = {
	"Attachment", sizeof(struct attachment), attachment_fields,
	"A piece that came with a request; its type is read from its bytes.",
};

static const struct codec_field request_detail_fields[] = {
	CODEC_OBJECT(struct request_detail, request, "request",
		     CODEC_REQUIRED, &request_codec),
	CODEC_ARRAY(struct request_detail, steps, step_count, "steps",
		    CODEC_REQUIRED, &request_step_codec),
	CODEC_ARRAY(struct request_detail, attachments, attachment_count,
		    "attachments", CODEC_REQUIRED, &attachment_codec),
	CODEC_TEXT(struct request_detail, card_masked, "card_masked", 0),
	CODEC_END,
};

const struct codec request_detail_codec = {
	"RequestDetail", sizeof(struct request_detail), request_detail_fields,
	"A request, its history oldest first, and its pieces.",
};

static const struct codec_field request_query_fields[] = {
	CODEC_FORMATTED(struct request_query, insured_id, "insured_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_FORMATTED(struct request_query, cursor, "cursor", 0,
			FORMAT_CURSOR),
	CODEC_RANGE(struct request_query, limit, "limit", 0, 1, 200),
	CODEC_END,
};

const struct codec request_query_codec = {
	"RequestQuery", sizeof(struct request_query), request_query_fields, NULL,
};

static const struct codec_field follow_query_fields[] = {
	CODEC_FORMATTED(struct follow_query, cursor, "cursor", 0,
			FORMAT_CURSOR),
	CODEC_RANGE(struct follow_query, limit, "limit", 0, 1, 200),
	CODEC_END,
};

const struct codec follow_query_codec = {
	"FollowQuery", sizeof(struct follow_query), follow_query_fields, NULL,
};

static const struct codec_field attachment_key_fields[] = {
	CODEC_FORMATTED(struct attachment_key, request_id, "request_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_FORMATTED(struct attachment_key, name, "name", CODEC_REQUIRED,
			FORMAT_FILE_NAME),
	CODEC_END,
};

const struct codec attachment_key_codec = {
	"AttachmentKey", sizeof(struct attachment_key),
	attachment_key_fields, NULL,
};

static const struct api_problem attachment_problems[] = {
	{ "request.state", 409, "Pièce qui n'est plus attendue" },
	{ "attachment.type", 415, "Type de fichier refusé" },
	{ 0 },
};

const struct api_op api_request_list = {
	.name = "request.list", .method = API_GET,
	.flags = API_LIST | API_CONTACT,
	.path = "/v1/insured/{insured_id}/requests",
	.summary = "List the requests of a file, the newest first",
	.query = &request_query_codec, .reply = &request_codec,
	.roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};

const struct api_op api_request_get = {
	.name = "request.get", .method = API_GET, .flags = API_ETAG,
	.path = "/v1/requests/{request_id}",
	.summary = "Read a request, its history and its pieces",
	.query = &request_key_codec, .reply = &request_detail_codec,
	.roles = ROLES_ALL,
};

const struct api_op api_request_follow = {
	.name = "request.follow", .method = API_GET, .flags = API_LIST,
	.path = "/v1/requests",
	.summary = "List what this desk has to follow up",
	.query = &follow_query_codec, .reply = &request_codec,
	.roles = ROLES_ALL,
};

/* Pieces are seen at the counter: the phone has no scanner. */
const struct api_op api_attachment_put = {
	.name = "attachment.put", .method = API_PUT,
	.flags = API_RAW_BODY | API_IF_MATCH | API_ETAG,
	.path = "/v1/requests/{request_id}/attachments/{name}",
	.summary = "Add a piece to a request",
	.query = &attachment_key_codec, .reply = &attachment_codec,
	.problems = attachment_problems,
	.roles = 1u << ROLE_COUNTER | 1u << ROLE_SUPERVISOR,
};

const struct api_op api_request_paper = {
	.name = "request.paper", .method = API_GET, .flags = API_RAW_REPLY,
	.path = "/v1/requests/{request_id}/paper",
	.summary = "Print the receipt of a request",
	.query = &request_key_codec, .roles = ROLES_ALL,
};
