/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where and when: offices, reasons, free slots and holds. */
#include <guichet/api/appointment.h>

static const struct codec_field office_fields[] = {
	CODEC_FORMATTED(struct office, id, "id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_TEXT(struct office, name, "name", CODEC_REQUIRED),
	CODEC_TEXT(struct office, address, "address", 0),
	CODEC_FORMATTED(struct office, postcode, "postcode", 0,
			FORMAT_POSTCODE),
	CODEC_TEXT(struct office, city, "city", 0),
	CODEC_TEXT(struct office, phone, "phone", 0),
	CODEC_TEXT(struct office, hours, "hours", CODEC_MANY_LINES),
	CODEC_RANGE(struct office, desks, "desks", CODEC_REQUIRED, 0, 999),
	CODEC_BOOL(struct office, mine, "mine", CODEC_REQUIRED),
	CODEC_END,
};

const struct codec office_codec = {
	"Office", sizeof(struct office), office_fields,
	"A place where the public is received.",
};

static const struct codec_field reason_fields[] = {
	CODEC_FORMATTED(struct reason, code, "code", CODEC_REQUIRED,
			FORMAT_CODE),
	CODEC_TEXT(struct reason, label, "label", CODEC_REQUIRED),
	CODEC_RANGE(struct reason, minutes, "minutes", CODEC_REQUIRED, 5, 120),
	CODEC_FLAGS(struct reason, channels, "channels", CODEC_REQUIRED,
		    channel_names),
	CODEC_FLAGS(struct reason, roles, "roles", CODEC_REQUIRED, role_names),
	CODEC_TEXT(struct reason, pieces, "pieces", CODEC_MANY_LINES),
	CODEC_END,
};

const struct codec reason_codec = {
	"Reason", sizeof(struct reason), reason_fields,
	"Why people make an appointment, how long it takes, what to bring.",
};

static const struct codec_field slot_query_fields[] = {
	CODEC_FORMATTED(struct slot_query, office_id, "office_id", 0,
			FORMAT_ID),
	CODEC_FORMATTED(struct slot_query, postcode, "postcode", 0,
			FORMAT_POSTCODE),
	CODEC_FORMATTED(struct slot_query, reason, "reason", CODEC_REQUIRED,
			FORMAT_CODE),
	CODEC_DATE(struct slot_query, from, "from", 0),
	CODEC_DATE(struct slot_query, to, "to", 0),
	CODEC_RANGE(struct slot_query, limit, "limit", 0, 1, 200),
	CODEC_END,
};

const struct codec slot_query_codec = {
	"SlotQuery", sizeof(struct slot_query), slot_query_fields, NULL,
};

static const struct codec_field slot_fields[] = {
	CODEC_FORMATTED(struct slot, office_id, "office_id", CODEC_REQUIRED,
			FORMAT_ID),
	CODEC_TEXT(struct slot, office_name, "office_name", CODEC_REQUIRED),
	CODEC_RANGE(struct slot, desk, "desk", CODEC_REQUIRED, 1, 999),
	CODEC_MOMENT(struct slot, starts_at, "starts_at", CODEC_REQUIRED),
	CODEC_MOMENT(struct slot, ends_at, "ends_at", CODEC_REQUIRED),
	CODEC_BOOL(struct slot, held, "held", CODEC_REQUIRED),
	CODEC_TEXT(struct slot, held_by, "held_by", 0),
	CODEC_MOMENT(struct slot, held_until, "held_until", 0),
	CODEC_END,
};

const struct codec slot_codec = {
	"Slot", sizeof(struct slot), slot_fields,
	"A moment at a desk that nobody has booked.",
};

static const struct codec_field slot_taken_fields[] = {
	CODEC_ARRAY(struct slot_taken, nearest, count, "nearest", 0,
		    &slot_codec),
	CODEC_END,
};

const struct codec slot_taken_codec = {
	"SlotTaken", sizeof(struct slot_taken), slot_taken_fields,
	"The free slots nearest to the one that was taken.",
};

static const struct codec_field hold_new_fields[] = {
	CODEC_FORMATTED(struct hold_new, insured_id, "insured_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_FORMATTED(struct hold_new, office_id, "office_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_RANGE(struct hold_new, desk, "desk", CODEC_REQUIRED, 1, 999),
	CODEC_FORMATTED(struct hold_new, reason, "reason", CODEC_REQUIRED,
			FORMAT_CODE),
	CODEC_MOMENT(struct hold_new, starts_at, "starts_at", CODEC_REQUIRED),
	CODEC_END,
};

const struct codec hold_new_codec = {
	"HoldNew", sizeof(struct hold_new), hold_new_fields,
	"The slot to keep for five minutes.",
};

static const struct codec_field hold_fields[] = {
	CODEC_FORMATTED(struct hold, id, "id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_FORMATTED(struct hold, office_id, "office_id", CODEC_REQUIRED,
			FORMAT_ID),
	CODEC_TEXT(struct hold, office_name, "office_name", CODEC_REQUIRED),
	CODEC_RANGE(struct hold, desk, "desk", CODEC_REQUIRED, 1, 999),
	CODEC_FORMATTED(struct hold, reason, "reason", CODEC_REQUIRED,
			FORMAT_CODE),
	CODEC_MOMENT(struct hold, starts_at, "starts_at", CODEC_REQUIRED),
	CODEC_MOMENT(struct hold, ends_at, "ends_at", CODEC_REQUIRED),
	CODEC_MOMENT(struct hold, expires_at, "expires_at", CODEC_REQUIRED),
	CODEC_TEXT(struct hold, held_by, "held_by", CODEC_REQUIRED),
	CODEC_END,
};

const struct codec hold_codec = {
	"Hold", sizeof(struct hold), hold_fields,
	"A slot kept for one agent until it expires.",
};

static const struct api_problem hold_problems[] = {
	{ "slot.taken", 409, "Créneau déjà pris" },
	{ "slot.closed", 422, "Créneau fermé" },
	{ "reason.channel", 422, "Motif impossible par ce canal" },
	{ 0 },
};

const struct api_op api_office_list = {
	.name = "office.list", .method = API_GET, .flags = API_LIST,
	.path = "/v1/offices",
	.summary = "List the offices of the caisse",
	.reply = &office_codec, .roles = ROLES_ALL,
};

const struct api_op api_reason_list = {
	.name = "reason.list", .method = API_GET, .flags = API_LIST,
	.path = "/v1/reasons",
	.summary = "List the reasons for an appointment",
	.reply = &reason_codec, .roles = ROLES_ALL,
};

const struct api_op api_slot_list = {
	.name = "slot.list", .method = API_GET, .flags = API_LIST,
	.path = "/v1/slots",
	.summary = "List free slots for a reason, the first ones first",
	.query = &slot_query_codec, .reply = &slot_codec, .roles = ROLES_ALL,
};

const struct api_op api_hold_create = {
	.name = "hold.create", .method = API_POST,
	.flags = API_KEYED | API_CREATED,
	.path = "/v1/holds",
	.summary = "Hold a slot for five minutes",
	.body = &hold_new_codec, .reply = &hold_codec,
	.problems = hold_problems, .roles = ROLES_ALL,
};

const struct api_op api_hold_delete = {
	.name = "hold.delete", .method = API_DELETE, .flags = API_EMPTY,
	.path = "/v1/holds/{hold_id}",
	.summary = "Give a held slot back",
	.query = &hold_key_codec, .roles = ROLES_ALL,
};
