/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/api/insured.h>

const char *const understood_names[UNDERSTOOD_N + 1] = {
	[UNDERSTOOD_NIR] = "nir",
	[UNDERSTOOD_NAME] = "name",
	[UNDERSTOOD_NAME_BIRTH] = "name-birth",
	[UNDERSTOOD_BIRTH] = "birth",
	[UNDERSTOOD_PHONE] = "phone",
	[UNDERSTOOD_EMAIL] = "email",
	[UNDERSTOOD_REQUEST] = "request",
	[UNDERSTOOD_APPOINTMENT] = "appointment",
	NULL,
};

const char *const found_by_names[FOUND_BY_N + 1] = {
	[FOUND_EXACT] = "exact",
	[FOUND_PHONETIC] = "phonetic",
	[FOUND_OLD_NIR] = "old-nir",
	NULL,
};

const char *const sex_names[SEX_N + 1] = {
	[SEX_M] = "m",
	[SEX_F] = "f",
	NULL,
};

const char *const c2s_names[C2S_N + 1] = {
	[C2S_NO] = "no",
	[C2S_FREE] = "free",
	[C2S_PAID] = "paid",
	NULL,
};

const char *const kinship_names[KIN_N + 1] = {
	[KIN_INSURED] = "insured",
	[KIN_SPOUSE] = "spouse",
	[KIN_CHILD] = "child",
	[KIN_OTHER] = "other",
	NULL,
};

const char *const right_kind_names[RIGHT_KIND_N + 1] = {
	[RIGHT_BASE] = "base",
	[RIGHT_EXEMPTION] = "exemption",
	[RIGHT_DOCTOR] = "doctor",
	[RIGHT_COMPLEMENTARY] = "complementary",
	[RIGHT_C2S] = "c2s",
	NULL,
};

static const struct codec_field search_query_fields[] = {
	CODEC_TEXT(struct search_query, text, "text", CODEC_REQUIRED),
	CODEC_END,
};

const struct codec search_query_codec = {
	"SearchQuery", sizeof(struct search_query), search_query_fields,
	"Whatever the person gave: number, name, birth date, phone...",
};

static const struct codec_field found_fields[] = {
	CODEC_FORMATTED(struct found, insured_id, "insured_id", CODEC_REQUIRED,
			FORMAT_ID),
	CODEC_FORMATTED(struct found, beneficiary_id, "beneficiary_id", 0,
			FORMAT_ID),
	CODEC_BOOL(struct found, is_insured, "is_insured", CODEC_REQUIRED),
	CODEC_TEXT(struct found, name, "name", CODEC_REQUIRED),
	CODEC_TEXT(struct found, used_name, "used_name", 0),
	CODEC_TEXT(struct found, first_names, "first_names", 0),
	CODEC_RANGE(struct found, birth_year, "birth_year", 0, 1850, 2199),
	CODEC_TEXT(struct found, commune, "commune", 0),
	CODEC_TEXT(struct found, nir_masked, "nir_masked", 0),
	CODEC_ENUM(struct found, by, "by", CODEC_REQUIRED, found_by_names),
	CODEC_FORMATTED(struct found, target_id, "target_id", 0, FORMAT_ID),
	CODEC_END,
};

const struct codec found_codec = {
	"Found", sizeof(struct found), found_fields,
	"Only what tells people apart.",
};

static const struct codec_field search_answer_fields[] = {
	CODEC_ENUM(struct search_answer, understood, "understood",
		   CODEC_REQUIRED, understood_names),
	CODEC_BOOL(struct search_answer, more, "more", CODEC_REQUIRED),
	CODEC_ARRAY(struct search_answer, found, count, "found",
		    CODEC_REQUIRED, &found_codec),
	CODEC_END,
};

const struct codec search_answer_codec = {
	"SearchAnswer", sizeof(struct search_answer), search_answer_fields,
	"How the text was understood, and the people it may mean.",
};

static const struct codec_field insured_fields[] = {
	CODEC_FORMATTED(struct insured, id, "id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_TEXT(struct insured, name, "name", CODEC_REQUIRED),
	CODEC_TEXT(struct insured, used_name, "used_name", 0),
	CODEC_TEXT(struct insured, first_names, "first_names", 0),
	CODEC_ENUM(struct insured, sex, "sex", CODEC_REQUIRED, sex_names),
	CODEC_BIRTH_DATE(struct insured, birth, "birth", 0),
	CODEC_TEXT(struct insured, birth_place, "birth_place", 0),
	CODEC_FORMATTED(struct insured, nir, "nir", 0, FORMAT_NIR),
	CODEC_FORMATTED(struct insured, nir_key, "nir_key", 0, FORMAT_NIR_KEY),
	CODEC_TEXT(struct insured, nir_masked, "nir_masked", 0),
	CODEC_BOOL(struct insured, nir_temporary, "nir_temporary",
		   CODEC_REQUIRED),
	CODEC_FORMATTED(struct insured, caisse, "caisse", CODEC_REQUIRED,
			FORMAT_CAISSE),
	CODEC_TEXT(struct insured, caisse_name, "caisse_name", CODEC_REQUIRED),
	CODEC_TEXT(struct insured, centre, "centre", 0),
	CODEC_BOOL(struct insured, rights_open, "rights_open", CODEC_REQUIRED),
	CODEC_DATE(struct insured, rights_until, "rights_until", 0),
	CODEC_BOOL(struct insured, treating_doctor, "treating_doctor",
		   CODEC_REQUIRED),
	CODEC_ENUM(struct insured, c2s, "c2s", CODEC_REQUIRED, c2s_names),
	CODEC_BOOL(struct insured, exempt, "exempt", CODEC_REQUIRED),
	CODEC_BOOL(struct insured, account, "account", CODEC_REQUIRED),
	CODEC_TEXT(struct insured, address1, "address1", 0),
	CODEC_TEXT(struct insured, address2, "address2", 0),
	CODEC_FORMATTED(struct insured, postcode, "postcode", 0,
			FORMAT_POSTCODE),
	CODEC_TEXT(struct insured, city, "city", 0),
	CODEC_TEXT(struct insured, phone, "phone", 0),
	CODEC_TEXT(struct insured, email, "email", 0),
	CODEC_TEXT(struct insured, iban_masked, "iban_masked", 0),
	CODEC_RANGE(struct insured, family_count, "family_count",
		    CODEC_REQUIRED, 0, 99),
	CODEC_TEXT(struct insured, message, "message", CODEC_MANY_LINES),
	CODEC_RANGE(struct insured, mask_tier, "mask_tier", CODEC_REQUIRED, 0, 2),
	CODEC_END,
};

const struct codec insured_codec = {
	"Insured", sizeof(struct insured), insured_fields,
	"The head of a file, masked above the tier of the contact.",
};

static const struct codec_field beneficiary_fields[] = {
	CODEC_FORMATTED(struct beneficiary, id, "id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_TEXT(struct beneficiary, name, "name", CODEC_REQUIRED),
	CODEC_TEXT(struct beneficiary, used_name, "used_name", 0),
	CODEC_TEXT(struct beneficiary, first_names, "first_names", 0),
	CODEC_ENUM(struct beneficiary, kinship, "kinship", CODEC_REQUIRED,
		   kinship_names),
	CODEC_ENUM(struct beneficiary, sex, "sex", 0, sex_names),
	CODEC_BIRTH_DATE(struct beneficiary, birth, "birth", 0),
	CODEC_RANGE(struct beneficiary, birth_year, "birth_year", 0, 1850, 2199),
	CODEC_RANGE(struct beneficiary, rank, "rank", 0, 1, 9),
	CODEC_TEXT(struct beneficiary, nir_masked, "nir_masked", 0),
	CODEC_BOOL(struct beneficiary, rights_open, "rights_open",
		   CODEC_REQUIRED),
	CODEC_BOOL(struct beneficiary, both_parents, "both_parents",
		   CODEC_REQUIRED),
	CODEC_BOOL(struct beneficiary, ehic_valid, "ehic_valid",
		   CODEC_REQUIRED),
	CODEC_DATE(struct beneficiary, ehic_until, "ehic_until", 0),
	CODEC_RANGE(struct beneficiary, mask_tier, "mask_tier",
		    CODEC_REQUIRED, 0, 2),
	CODEC_END,
};

const struct codec beneficiary_codec = {
	"Beneficiary", sizeof(struct beneficiary), beneficiary_fields,
	"One person of the file: the insured person or a dependant.",
};

static const struct codec_field right_fields[] = {
	CODEC_FORMATTED(struct right, id, "id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_ENUM(struct right, kind, "kind", CODEC_REQUIRED, right_kind_names),
	CODEC_FORMATTED(struct right, beneficiary_id, "beneficiary_id", 0,
			FORMAT_ID),
	CODEC_TEXT(struct right, beneficiary_name, "beneficiary_name", 0),
	CODEC_TEXT(struct right, label, "label", CODEC_REQUIRED),
	CODEC_DATE(struct right, from, "from", 0),
	CODEC_DATE(struct right, to, "to", 0),
	CODEC_BOOL(struct right, active, "active", CODEC_REQUIRED),
	CODEC_TEXT(struct right, organism, "organism", 0),
	CODEC_TEXT(struct right, number, "number", 0),
	CODEC_BOOL(struct right, noemie, "noemie", CODEC_REQUIRED),
	CODEC_RANGE(struct right, rate_pct, "rate_pct", 0, 0, 100),
	CODEC_RANGE(struct right, mask_tier, "mask_tier", CODEC_REQUIRED, 0, 2),
	CODEC_END,
};

const struct codec right_codec = {
	"Right", sizeof(struct right), right_fields,
	"A right, an exemption, a treating doctor or a complementary insurer.",
};

static const struct api_problem search_problems[] = {
	{ "search.unclear", 422, "Recherche impossible à comprendre" },
	{ 0 },
};

const struct api_op api_insured_search = {
	.name = "insured.search", .method = API_POST, .flags = API_READ,
	.path = "/v1/insured/search",
	.summary = "Find people from whatever they gave",
	.body = &search_query_codec, .reply = &search_answer_codec,
	.problems = search_problems, .roles = ROLES_ALL,
};

const struct api_op api_insured_get = {
	.name = "insured.get", .method = API_GET,
	.flags = API_CONTACT | API_ETAG,
	.path = "/v1/insured/{insured_id}",
	.summary = "Read the head of a file",
	.query = &insured_key_codec, .reply = &insured_codec,
	.roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};

const struct api_op api_beneficiary_list = {
	.name = "beneficiary.list", .method = API_GET,
	.flags = API_LIST | API_CONTACT,
	.path = "/v1/insured/{insured_id}/beneficiaries",
	.summary = "List the people of a file",
	.query = &insured_key_codec, .reply = &beneficiary_codec,
	.roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};

const struct api_op api_right_list = {
	.name = "right.list", .method = API_GET,
	.flags = API_LIST | API_CONTACT,
	.path = "/v1/insured/{insured_id}/rights",
	.summary = "List the rights of a file",
	.query = &insured_key_codec, .reply = &right_codec,
	.roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};
