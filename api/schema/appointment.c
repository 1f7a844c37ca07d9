/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/api/appointment.h>

const char *const appointment_state_names[APPOINTMENT_STATE_N + 1] = {
	[APPOINTMENT_BOOKED] = "booked",
	[APPOINTMENT_ARRIVED] = "arrived",
	[APPOINTMENT_IN_PROGRESS] = "in-progress",
	[APPOINTMENT_DONE] = "done",
	[APPOINTMENT_SETTLED_BEFORE] = "settled-before",
	[APPOINTMENT_NO_SHOW] = "no-show",
	[APPOINTMENT_CANCELLED] = "cancelled",
	[APPOINTMENT_MOVED] = "moved",
	NULL,
};

const char *const cancelled_by_names[CANCELLED_BY_N + 1] = {
	[CANCELLED_BY_INSURED] = "insured",
	[CANCELLED_BY_CAISSE] = "caisse",
	NULL,
};

static const struct codec_field appointment_new_fields[] = {
	CODEC_FORMATTED(struct appointment_new, insured_id, "insured_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_FORMATTED(struct appointment_new, hold_id, "hold_id", 0,
			FORMAT_ID),
	CODEC_FORMATTED(struct appointment_new, office_id, "office_id", 0,
			FORMAT_ID),
	CODEC_RANGE(struct appointment_new, desk, "desk", 0, 1, 999),
	CODEC_MOMENT(struct appointment_new, starts_at, "starts_at", 0),
	CODEC_FORMATTED(struct appointment_new, reason, "reason",
			CODEC_REQUIRED, FORMAT_CODE),
	CODEC_ENUM(struct appointment_new, channel, "channel",
		   CODEC_REQUIRED, channel_names),
	CODEC_FORMATTED(struct appointment_new, phone, "phone", 0,
			FORMAT_PHONE),
	CODEC_TEXT(struct appointment_new, note, "note", CODEC_MANY_LINES),
	CODEC_BOOL(struct appointment_new, accept_warnings,
		   "accept_warnings", 0),
	CODEC_END,
};

const struct codec appointment_new_codec = {
	"AppointmentNew", sizeof(struct appointment_new),
	appointment_new_fields,
	"A meeting to book, on a held slot or on a place and a moment.",
};

static const struct codec_field appointment_fields[] = {
	CODEC_FORMATTED(struct appointment, id, "id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_FORMATTED(struct appointment, number, "number", CODEC_REQUIRED,
			FORMAT_NUMBER),
	CODEC_FORMATTED(struct appointment, insured_id, "insured_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_TEXT(struct appointment, insured_name, "insured_name",
		   CODEC_REQUIRED),
	CODEC_FORMATTED(struct appointment, office_id, "office_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_TEXT(struct appointment, office_name, "office_name",
		   CODEC_REQUIRED),
	CODEC_TEXT(struct appointment, office_address, "office_address", 0),
	CODEC_RANGE(struct appointment, desk, "desk", 0, 1, 999),
	CODEC_FORMATTED(struct appointment, reason, "reason", CODEC_REQUIRED,
			FORMAT_CODE),
	CODEC_TEXT(struct appointment, reason_label, "reason_label",
		   CODEC_REQUIRED),
	CODEC_ENUM(struct appointment, channel, "channel", CODEC_REQUIRED,
		   channel_names),
	CODEC_MOMENT(struct appointment, starts_at, "starts_at",
		     CODEC_REQUIRED),
	CODEC_MOMENT(struct appointment, ends_at, "ends_at", CODEC_REQUIRED),
	CODEC_ENUM(struct appointment, state, "state", CODEC_REQUIRED,
		   appointment_state_names),
	CODEC_ENUM(struct appointment, cancelled_by, "cancelled_by", 0,
		   cancelled_by_names),
	CODEC_TEXT(struct appointment, cancel_reason, "cancel_reason", 0),
	CODEC_MOMENT(struct appointment, arrived_at, "arrived_at", 0),
	CODEC_TEXT(struct appointment, phone, "phone", 0),
	CODEC_TEXT(struct appointment, pieces, "pieces", CODEC_MANY_LINES),
	CODEC_TEXT(struct appointment, note, "note", CODEC_MANY_LINES),
	CODEC_FORMATTED(struct appointment, moved_to, "moved_to", 0,
			FORMAT_NUMBER),
	CODEC_END,
};

const struct codec appointment_codec = {
	"Appointment", sizeof(struct appointment), appointment_fields,
	"A meeting with an insured person.",
};

static const struct codec_field appointment_query_fields[] = {
	CODEC_FORMATTED(struct appointment_query, insured_id, "insured_id", 0,
			FORMAT_ID),
	CODEC_FORMATTED(struct appointment_query, office_id, "office_id", 0,
			FORMAT_ID),
	CODEC_DATE(struct appointment_query, day, "day", 0),
	CODEC_FORMATTED(struct appointment_query, cursor, "cursor", 0,
			FORMAT_CURSOR),
	CODEC_RANGE(struct appointment_query, limit, "limit", 0, 1, 200),
	CODEC_END,
};

const struct codec appointment_query_codec = {
	"AppointmentQuery", sizeof(struct appointment_query),
	appointment_query_fields, NULL,
};

static const struct codec_field appointment_change_fields[] = {
	CODEC_ENUM(struct appointment_change, state, "state", 0,
		   appointment_state_names),
	CODEC_ENUM(struct appointment_change, cancelled_by, "cancelled_by", 0,
		   cancelled_by_names),
	CODEC_TEXT(struct appointment_change, cancel_reason,
		   "cancel_reason", 0),
	CODEC_FORMATTED(struct appointment_change, hold_id, "hold_id", 0,
			FORMAT_ID),
	CODEC_TEXT(struct appointment_change, note, "note", CODEC_MANY_LINES),
	CODEC_BOOL(struct appointment_change, accept_warnings,
		   "accept_warnings", 0),
	CODEC_END,
};

const struct codec appointment_change_codec = {
	"AppointmentChange", sizeof(struct appointment_change),
	appointment_change_fields,
	"What is said here replaces what was known; the rest stays. "
	"A hold moves the meeting to the held slot.",
};

static const struct codec_field appointment_warning_fields[] = {
	CODEC_TEXT(struct appointment_warning, warning, "warning",
		   CODEC_REQUIRED | CODEC_MANY_LINES),
	CODEC_END,
};

const struct codec appointment_warning_codec = {
	"AppointmentWarning", sizeof(struct appointment_warning),
	appointment_warning_fields,
	"What to know before booking; accept_warnings books all the same.",
};

static const struct api_problem create_problems[] = {
	{ "slot.taken", 409, "Créneau déjà pris" },
	{ "hold.expired", 409, "Réservation du créneau expirée" },
	{ "appointment.warning", 409, "Point à confirmer" },
	{ "slot.closed", 422, "Créneau fermé" },
	{ "reason.channel", 422, "Motif impossible par ce canal" },
	{ 0 },
};

static const struct api_problem update_problems[] = {
	{ "appointment.state", 409, "Rendez-vous dans un autre état" },
	{ "slot.taken", 409, "Créneau déjà pris" },
	{ "hold.expired", 409, "Réservation du créneau expirée" },
	{ "appointment.warning", 409, "Point à confirmer" },
	{ "slot.closed", 422, "Créneau fermé" },
	{ "reason.channel", 422, "Motif impossible par ce canal" },
	{ 0 },
};

const struct api_op api_appointment_create = {
	.name = "appointment.create", .method = API_POST,
	.flags = API_KEYED | API_CREATED | API_ETAG | API_CONTACT,
	.path = "/v1/appointments",
	.summary = "Book an appointment",
	.body = &appointment_new_codec, .reply = &appointment_codec,
	.problems = create_problems, .roles = ROLES_ALL,
};

const struct api_op api_appointment_get = {
	.name = "appointment.get", .method = API_GET, .flags = API_ETAG,
	.path = "/v1/appointments/{appointment_id}",
	.summary = "Read an appointment",
	.query = &appointment_key_codec, .reply = &appointment_codec,
	.roles = ROLES_ALL,
};

const struct api_op api_appointment_list = {
	.name = "appointment.list", .method = API_GET, .flags = API_LIST,
	.path = "/v1/appointments",
	.summary = "List the appointments of a person, or of an office and day",
	.query = &appointment_query_codec, .reply = &appointment_codec,
	.roles = ROLES_ALL,
};

const struct api_op api_appointment_update = {
	.name = "appointment.update", .method = API_PATCH,
	.flags = API_KEYED | API_IF_MATCH | API_ETAG,
	.path = "/v1/appointments/{appointment_id}",
	.summary = "Change the state of an appointment, or move it",
	.query = &appointment_key_codec, .body = &appointment_change_codec,
	.reply = &appointment_codec,
	.problems = update_problems, .roles = ROLES_ALL,
};

const struct api_op api_appointment_paper = {
	.name = "appointment.paper", .method = API_GET,
	.flags = API_RAW_REPLY,
	.path = "/v1/appointments/{appointment_id}/paper",
	.summary = "Print the slip of an appointment",
	.query = &appointment_key_codec, .roles = ROLES_ALL,
};
