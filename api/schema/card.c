/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/api/card.h>

const char *const card_kind_names[CARD_KIND_N + 1] = {
	[CARD_EHIC] = "ehic",
	[CARD_VITALE] = "vitale",
	[CARD_CERTIFICATE] = "certificate",
	NULL,
};

const char *const card_state_names[CARD_STATE_N + 1] = {
	[CARD_ORDERED] = "ordered",
	[CARD_MAKING] = "making",
	[CARD_SENT] = "sent",
	[CARD_ACTIVE] = "active",
	[CARD_EXPIRED] = "expired",
	[CARD_CANCELLED] = "cancelled",
	[CARD_LOST] = "lost",
	[CARD_STOLEN] = "stolen",
	[CARD_FAULTY] = "faulty",
	NULL,
};

const char *const loss_kind_names[LOSS_N + 1] = {
	[LOSS_LOST] = "lost",
	[LOSS_STOLEN] = "stolen",
	[LOSS_FAULTY] = "faulty",
	NULL,
};

static const struct codec_field card_fields[] = {
	CODEC_FORMATTED(struct card, id, "id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_ENUM(struct card, kind, "kind", CODEC_REQUIRED, card_kind_names),
	CODEC_ENUM(struct card, state, "state", CODEC_REQUIRED,
		   card_state_names),
	CODEC_FORMATTED(struct card, beneficiary_id, "beneficiary_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_TEXT(struct card, beneficiary_name, "beneficiary_name", 0),
	CODEC_TEXT(struct card, serial_masked, "serial_masked", 0),
	CODEC_DATE(struct card, ordered_on, "ordered_on", 0),
	CODEC_DATE(struct card, valid_from, "valid_from", 0),
	CODEC_DATE(struct card, valid_to, "valid_to", 0),
	CODEC_FORMATTED(struct card, request_id, "request_id", 0, FORMAT_ID),
	CODEC_FORMATTED(struct card, request_number, "request_number", 0,
			FORMAT_NUMBER),
	CODEC_END,
};

const struct codec card_codec = {
	"Card", sizeof(struct card), card_fields,
	"An EHIC, its provisional certificate, or a Vitale card.",
};

static const struct codec_field person_ref_fields[] = {
	CODEC_FORMATTED(struct person_ref, id, "id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_END,
};

const struct codec person_ref_codec = {
	"PersonRef", sizeof(struct person_ref), person_ref_fields,
	"A person of the file.",
};

static const struct codec_field ehic_order_fields[] = {
	CODEC_ARRAY(struct ehic_order, persons, person_count, "persons",
		    CODEC_REQUIRED, &person_ref_codec),
	CODEC_DATE(struct ehic_order, departure, "departure", 0),
	CODEC_BOOL(struct ehic_order, address_confirmed,
		   "address_confirmed", 0),
	CODEC_BOOL(struct ehic_order, certificate, "certificate", 0),
	CODEC_END,
};

const struct codec ehic_order_codec = {
	"EhicOrder", sizeof(struct ehic_order), ehic_order_fields,
	"European cards to order, and the provisional certificate if needed.",
};

static const struct codec_field ehic_item_fields[] = {
	CODEC_FORMATTED(struct ehic_item, request_id, "request_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_FORMATTED(struct ehic_item, number, "number", CODEC_REQUIRED,
			FORMAT_NUMBER),
	CODEC_FORMATTED(struct ehic_item, beneficiary_id, "beneficiary_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_TEXT(struct ehic_item, beneficiary_name, "beneficiary_name", 0),
	CODEC_DATE(struct ehic_item, valid_from, "valid_from", 0),
	CODEC_DATE(struct ehic_item, valid_to, "valid_to", 0),
	CODEC_DATE(struct ehic_item, expected_on, "expected_on", 0),
	CODEC_FORMATTED(struct ehic_item, certificate_id, "certificate_id", 0,
			FORMAT_ID),
	CODEC_DATE(struct ehic_item, certificate_from, "certificate_from", 0),
	CODEC_DATE(struct ehic_item, certificate_to, "certificate_to", 0),
	CODEC_END,
};

const struct codec ehic_item_codec = {
	"EhicItem", sizeof(struct ehic_item), ehic_item_fields,
	"What was lodged for one person.",
};

static const struct codec_field ehic_receipt_fields[] = {
	CODEC_ARRAY(struct ehic_receipt, items, item_count, "items",
		    CODEC_REQUIRED, &ehic_item_codec),
	CODEC_TEXT(struct ehic_receipt, lost_card, "lost_card", 0),
	CODEC_END,
};

const struct codec ehic_receipt_codec = {
	"EhicReceipt", sizeof(struct ehic_receipt), ehic_receipt_fields,
	"The numbers to give to the person.",
};

static const struct codec_field ehic_loss_fields[] = {
	CODEC_FORMATTED(struct ehic_loss, beneficiary_id, "beneficiary_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_ENUM(struct ehic_loss, kind, "kind", CODEC_REQUIRED,
		   loss_kind_names),
	CODEC_DATE(struct ehic_loss, happened_on, "happened_on", 0),
	CODEC_BOOL(struct ehic_loss, order, "order", 0),
	CODEC_DATE(struct ehic_loss, departure, "departure", 0),
	CODEC_BOOL(struct ehic_loss, address_confirmed,
		   "address_confirmed", 0),
	CODEC_BOOL(struct ehic_loss, certificate, "certificate", 0),
	CODEC_END,
};

const struct codec ehic_loss_codec = {
	"EhicLoss", sizeof(struct ehic_loss), ehic_loss_fields,
	"A European card lost or stolen, and whether to order the next one.",
};

static const struct codec_field vitale_order_fields[] = {
	CODEC_FORMATTED(struct vitale_order, beneficiary_id,
			"beneficiary_id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_BOOL(struct vitale_order, parents_request,
		   "parents_request", 0),
	CODEC_BOOL(struct vitale_order, address_confirmed,
		   "address_confirmed", 0),
	CODEC_END,
};

const struct codec vitale_order_codec = {
	"VitaleOrder", sizeof(struct vitale_order), vitale_order_fields,
	"A Vitale card to order.",
};

static const struct codec_field vitale_loss_fields[] = {
	CODEC_FORMATTED(struct vitale_loss, beneficiary_id, "beneficiary_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_ENUM(struct vitale_loss, kind, "kind", CODEC_REQUIRED,
		   loss_kind_names),
	CODEC_DATE(struct vitale_loss, happened_on, "happened_on", 0),
	CODEC_BOOL(struct vitale_loss, declared_on_honour,
		   "declared_on_honour", 0),
	CODEC_BOOL(struct vitale_loss, address_confirmed,
		   "address_confirmed", 0),
	CODEC_END,
};

const struct codec vitale_loss_codec = {
	"VitaleLoss", sizeof(struct vitale_loss), vitale_loss_fields,
	"A Vitale card lost, stolen or faulty: blocked, and ordered anew.",
};

static const struct codec_field vitale_receipt_fields[] = {
	CODEC_FORMATTED(struct vitale_receipt, request_id, "request_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_FORMATTED(struct vitale_receipt, number, "number",
			CODEC_REQUIRED, FORMAT_NUMBER),
	CODEC_FORMATTED(struct vitale_receipt, beneficiary_id,
			"beneficiary_id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_TEXT(struct vitale_receipt, beneficiary_name,
		   "beneficiary_name", 0),
	CODEC_TEXT(struct vitale_receipt, blocked_card, "blocked_card", 0),
	CODEC_DATE(struct vitale_receipt, blocked_on, "blocked_on", 0),
	CODEC_DATE(struct vitale_receipt, expected_on, "expected_on", 0),
	CODEC_BOOL(struct vitale_receipt, photo_missing, "photo_missing",
		   CODEC_REQUIRED),
	CODEC_BOOL(struct vitale_receipt, identity_missing,
		   "identity_missing", CODEC_REQUIRED),
	CODEC_END,
};

const struct codec vitale_receipt_codec = {
	"VitaleReceipt", sizeof(struct vitale_receipt), vitale_receipt_fields,
	"The number to give to the person, and the pieces still awaited.",
};

static const struct codec_field card_conflict_fields[] = {
	CODEC_FORMATTED(struct card_conflict, number, "number", 0,
			FORMAT_NUMBER),
	CODEC_TEXT(struct card_conflict, beneficiary_name,
		   "beneficiary_name", 0),
	CODEC_DATE(struct card_conflict, valid_to, "valid_to", 0),
	CODEC_END,
};

const struct codec card_conflict_codec = {
	"CardConflict", sizeof(struct card_conflict), card_conflict_fields,
	"What stands already.",
};

static const struct api_problem ehic_problems[] = {
	{ "ehic.valid", 409, "Carte européenne encore valable" },
	{ "ehic.open", 409, "Carte européenne déjà commandée" },
	{ "rights.closed", 422, "Droits fermés" },
	{ "address.unconfirmed", 422, "Adresse à confirmer" },
	{ "departure.past", 422, "Départ déjà passé" },
	{ 0 },
};

static const struct api_problem ehic_loss_problems[] = {
	{ "card.none", 409, "Aucune carte à déclarer" },
	{ "ehic.open", 409, "Carte européenne déjà commandée" },
	{ "rights.closed", 422, "Droits fermés" },
	{ "address.unconfirmed", 422, "Adresse à confirmer" },
	{ "departure.past", 422, "Départ déjà passé" },
	{ 0 },
};

static const struct api_problem vitale_problems[] = {
	{ "vitale.open", 409, "Carte Vitale déjà commandée" },
	{ "rights.closed", 422, "Droits fermés" },
	{ "address.unconfirmed", 422, "Adresse à confirmer" },
	{ "vitale.age", 422, "Carte Vitale impossible à cet âge" },
	{ 0 },
};

static const struct api_problem vitale_loss_problems[] = {
	{ "card.none", 409, "Aucune carte à déclarer" },
	{ "vitale.open", 409, "Carte Vitale déjà commandée" },
	{ "rights.closed", 422, "Droits fermés" },
	{ "address.unconfirmed", 422, "Adresse à confirmer" },
	{ "honour.missing", 422, "Déclaration sur l'honneur à faire" },
	{ 0 },
};

const struct api_op api_card_list = {
	.name = "card.list", .method = API_GET,
	.flags = API_LIST | API_CONTACT,
	.path = "/v1/insured/{insured_id}/cards",
	.summary = "List the cards of a file",
	.query = &insured_key_codec, .reply = &card_codec,
	.roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};

const struct api_op api_ehic_create = {
	.name = "ehic.create", .method = API_POST,
	.flags = API_KEYED | API_CREATED | API_CONTACT,
	.path = "/v1/insured/{insured_id}/ehic-requests",
	.summary = "Order European health insurance cards",
	.query = &insured_key_codec, .body = &ehic_order_codec,
	.reply = &ehic_receipt_codec,
	.problems = ehic_problems, .roles = ROLES_ALL,
};

const struct api_op api_ehic_report_loss = {
	.name = "ehic.report_loss", .method = API_POST,
	.flags = API_KEYED | API_CONTACT,
	.path = "/v1/insured/{insured_id}/ehic-losses",
	.summary = "Report a European card lost or stolen",
	.query = &insured_key_codec, .body = &ehic_loss_codec,
	.reply = &ehic_receipt_codec,
	.problems = ehic_loss_problems, .roles = ROLES_ALL,
};

const struct api_op api_vitale_create = {
	.name = "vitale.create", .method = API_POST,
	.flags = API_KEYED | API_CREATED | API_CONTACT,
	.path = "/v1/insured/{insured_id}/vitale-requests",
	.summary = "Order a Vitale card",
	.query = &insured_key_codec, .body = &vitale_order_codec,
	.reply = &vitale_receipt_codec,
	.problems = vitale_problems, .roles = ROLES_ALL,
};

const struct api_op api_vitale_report_loss = {
	.name = "vitale.report_loss", .method = API_POST,
	.flags = API_KEYED | API_CREATED | API_CONTACT,
	.path = "/v1/insured/{insured_id}/vitale-losses",
	.summary = "Block a lost Vitale card and order the next one at once",
	.query = &insured_key_codec, .body = &vitale_loss_codec,
	.reply = &vitale_receipt_codec,
	.problems = vitale_loss_problems, .roles = ROLES_ALL,
};

const struct api_op api_certificate_paper = {
	.name = "certificate.paper", .method = API_GET,
	.flags = API_RAW_REPLY | API_CONTACT,
	.path = "/v1/cards/{card_id}/paper",
	.summary = "Print a provisional certificate",
	.query = &card_key_codec, .roles = ROLES_ALL,
};
