/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/api/common.h>

const char *const role_names[ROLE_N + 1] = {
	[ROLE_COUNTER] = "counter",
	[ROLE_PHONE] = "phone",
	[ROLE_SUPERVISOR] = "supervisor",
	NULL,
};

const char *const channel_names[CHANNEL_N + 1] = {
	[CHANNEL_COUNTER] = "counter",
	[CHANNEL_PHONE] = "phone",
	[CHANNEL_MAIL] = "mail",
	[CHANNEL_VIDEO] = "video",
	[CHANNEL_ONLINE] = "online",
	NULL,
};

static const struct codec_field insured_key_fields[] = {
	CODEC_FORMATTED(struct insured_key, insured_id, "insured_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_END,
};

const struct codec insured_key_codec = {
	"InsuredKey", sizeof(struct insured_key), insured_key_fields, NULL,
};

static const struct codec_field request_key_fields[] = {
	CODEC_FORMATTED(struct request_key, request_id, "request_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_END,
};

const struct codec request_key_codec = {
	"RequestKey", sizeof(struct request_key), request_key_fields, NULL,
};

static const struct codec_field card_key_fields[] = {
	CODEC_FORMATTED(struct card_key, card_id, "card_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_END,
};

const struct codec card_key_codec = {
	"CardKey", sizeof(struct card_key), card_key_fields, NULL,
};

static const struct codec_field appointment_key_fields[] = {
	CODEC_FORMATTED(struct appointment_key, appointment_id,
			"appointment_id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_END,
};

const struct codec appointment_key_codec = {
	"AppointmentKey", sizeof(struct appointment_key),
	appointment_key_fields, NULL,
};

static const struct codec_field contact_key_fields[] = {
	CODEC_FORMATTED(struct contact_key, contact_id, "contact_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_END,
};

const struct codec contact_key_codec = {
	"ContactKey", sizeof(struct contact_key), contact_key_fields, NULL,
};

static const struct codec_field hold_key_fields[] = {
	CODEC_FORMATTED(struct hold_key, hold_id, "hold_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_END,
};

const struct codec hold_key_codec = {
	"HoldKey", sizeof(struct hold_key), hold_key_fields, NULL,
};
