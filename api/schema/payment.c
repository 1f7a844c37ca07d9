/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/api/insured.h>
#include <guichet/api/payment.h>

const char *const payment_kind_names[PAYMENT_KIND_N + 1] = {
	[PAYMENT_CARE] = "care",
	[PAYMENT_THIRD_PARTY] = "third-party",
	[PAYMENT_DAILY_ALLOWANCE] = "daily-allowance",
	[PAYMENT_INVALIDITY] = "invalidity",
	[PAYMENT_ANNUITY] = "annuity",
	[PAYMENT_DEATH] = "death",
	[PAYMENT_OTHER] = "other",
	NULL,
};

const char *const payment_state_names[PAYMENT_STATE_N + 1] = {
	[PAYMENT_PAID] = "paid",
	[PAYMENT_WAITING] = "waiting",
	[PAYMENT_REJECTED] = "rejected",
	[PAYMENT_CANCELLED] = "cancelled",
	NULL,
};

const char *const payee_names[PAYEE_N + 1] = {
	[PAYEE_INSURED] = "insured",
	[PAYEE_PROFESSIONAL] = "professional",
	[PAYEE_ESTABLISHMENT] = "establishment",
	[PAYEE_EMPLOYER] = "employer",
	[PAYEE_ORGANISM] = "organism",
	NULL,
};

const char *const withheld_kind_names[WITHHELD_N + 1] = {
	[WITHHELD_NONE] = "none",
	[WITHHELD_FLAT] = "flat",
	[WITHHELD_FRANCHISE] = "franchise",
	NULL,
};

static const struct codec_field payment_query_fields[] = {
	CODEC_FORMATTED(struct payment_query, insured_id, "insured_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_DATE(struct payment_query, from, "from", 0),
	CODEC_DATE(struct payment_query, to, "to", 0),
	CODEC_FORMATTED(struct payment_query, beneficiary_id,
			"beneficiary_id", 0, FORMAT_ID),
	CODEC_ENUM(struct payment_query, kind, "kind", 0, payment_kind_names),
	CODEC_FORMATTED(struct payment_query, cursor, "cursor", 0,
			FORMAT_CURSOR),
	CODEC_RANGE(struct payment_query, limit, "limit", 0, 1, 200),
	CODEC_BOOL(struct payment_query, count, "count", 0),
	CODEC_END,
};

const struct codec payment_query_codec = {
	"PaymentQuery", sizeof(struct payment_query), payment_query_fields, NULL,
};

static const struct codec_field payment_fields[] = {
	CODEC_FORMATTED(struct payment, id, "id", CODEC_REQUIRED,
			FORMAT_PAYMENT_ID),
	CODEC_DATE(struct payment, paid_on, "paid_on", CODEC_REQUIRED),
	CODEC_DATE(struct payment, care_from, "care_from", 0),
	CODEC_DATE(struct payment, care_to, "care_to", 0),
	CODEC_ENUM(struct payment, kind, "kind", CODEC_REQUIRED,
		   payment_kind_names),
	CODEC_ENUM(struct payment, state, "state", CODEC_REQUIRED,
		   payment_state_names),
	CODEC_TEXT(struct payment, label, "label", CODEC_REQUIRED),
	CODEC_FORMATTED(struct payment, beneficiary_id, "beneficiary_id", 0,
			FORMAT_ID),
	CODEC_TEXT(struct payment, beneficiary_name, "beneficiary_name", 0),
	CODEC_ENUM(struct payment, beneficiary_kinship,
		   "beneficiary_kinship", 0, kinship_names),
	CODEC_ENUM(struct payment, payee, "payee", CODEC_REQUIRED, payee_names),
	CODEC_TEXT(struct payment, payee_name, "payee_name", 0),
	CODEC_INT(struct payment, amount_cts, "amount_cts", 0),
	CODEC_RANGE(struct payment, mask_tier, "mask_tier", CODEC_REQUIRED, 0, 2),
	CODEC_END,
};

const struct codec payment_codec = {
	"Payment", sizeof(struct payment), payment_fields,
	"Any amount paid, expected or rejected.",
};

static const struct codec_field payment_totals_fields[] = {
	CODEC_INT(struct payment_totals, count, "count", 0),
	CODEC_INT(struct payment_totals, amount_cts, "amount_cts", 0),
	CODEC_INT(struct payment_totals, withheld_cts, "withheld_cts", 0),
	CODEC_END,
};

const struct codec payment_totals_codec = {
	"PaymentTotals", sizeof(struct payment_totals), payment_totals_fields,
	"Totals of everything the filter keeps, asked for with count=true.",
};

static const struct codec_field payment_line_fields[] = {
	CODEC_DATE(struct payment_line, from, "from", 0),
	CODEC_DATE(struct payment_line, to, "to", 0),
	CODEC_TEXT(struct payment_line, act, "act", 0),
	CODEC_TEXT(struct payment_line, label, "label", CODEC_REQUIRED),
	CODEC_TEXT(struct payment_line, pathway, "pathway", 0),
	CODEC_TEXT(struct payment_line, professional, "professional", 0),
	CODEC_INT(struct payment_line, quantity_x100, "quantity_x100", 0),
	CODEC_INT(struct payment_line, spent_cts, "spent_cts", 0),
	CODEC_INT(struct payment_line, base_cts, "base_cts", 0),
	CODEC_RANGE(struct payment_line, rate_pct, "rate_pct", 0, 0, 100),
	CODEC_INT(struct payment_line, due_cts, "due_cts", 0),
	CODEC_INT(struct payment_line, withheld_cts, "withheld_cts", 0),
	CODEC_ENUM(struct payment_line, withheld, "withheld", 0,
		   withheld_kind_names),
	CODEC_INT(struct payment_line, paid_cts, "paid_cts", 0),
	CODEC_TEXT(struct payment_line, exemption, "exemption", 0),
	CODEC_TEXT(struct payment_line, explanation, "explanation", 0),
	CODEC_END,
};

const struct codec payment_line_codec = {
	"PaymentLine", sizeof(struct payment_line), payment_line_fields,
	"One act of a payment, and the arithmetic behind its amount.",
};

static const struct codec_field payment_detail_fields[] = {
	CODEC_OBJECT(struct payment_detail, payment, "payment",
		     CODEC_REQUIRED, &payment_codec),
	CODEC_TEXT(struct payment_detail, reference, "reference", 0),
	CODEC_TEXT(struct payment_detail, account_masked, "account_masked", 0),
	CODEC_BOOL(struct payment_detail, noemie, "noemie", CODEC_REQUIRED),
	CODEC_TEXT(struct payment_detail, insurer, "insurer", 0),
	CODEC_TEXT(struct payment_detail, reason, "reason", CODEC_MANY_LINES),
	CODEC_INT(struct payment_detail, year_flat_cts, "year_flat_cts", 0),
	CODEC_INT(struct payment_detail, year_franchise_cts,
		  "year_franchise_cts", 0),
	CODEC_INT(struct payment_detail, year_cap_cts, "year_cap_cts", 0),
	CODEC_ARRAY(struct payment_detail, lines, line_count, "lines",
		    CODEC_REQUIRED, &payment_line_codec),
	CODEC_END,
};

const struct codec payment_detail_codec = {
	"PaymentDetail", sizeof(struct payment_detail), payment_detail_fields,
	"A payment, line by line.",
};

static const struct codec_field payment_key_fields[] = {
	CODEC_FORMATTED(struct payment_key, payment_id, "payment_id",
			CODEC_REQUIRED, FORMAT_PAYMENT_ID),
	CODEC_END,
};

const struct codec payment_key_codec = {
	"PaymentKey", sizeof(struct payment_key), payment_key_fields, NULL,
};

static const struct api_problem get_problems[] = {
	{ "proof.needed", 403, "Identification insuffisante" },
	{ 0 },
};

const struct api_op api_payment_list = {
	.name = "payment.list", .method = API_GET,
	.flags = API_LIST | API_CONTACT | API_SUM,
	.path = "/v1/insured/{insured_id}/payments",
	.summary = "List the payments of a file, the newest first",
	.query = &payment_query_codec, .reply = &payment_codec,
	.envelope = &payment_totals_codec, .roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};

const struct api_op api_payment_get = {
	.name = "payment.get", .method = API_GET, .flags = API_CONTACT,
	.path = "/v1/payments/{payment_id}",
	.summary = "Read a payment line by line",
	.query = &payment_key_codec, .reply = &payment_detail_codec,
	.problems = get_problems, .roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};
