/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/api/access.h>

const char *const access_reason_names[ACCESS_REASON_N + 1] = {
	[ACCESS_PASSING] = "passing",
	[ACCESS_MOVED] = "moved",
	[ACCESS_EMERGENCY] = "emergency",
	[ACCESS_MUTUAL_AID] = "mutual-aid",
	[ACCESS_COMPLAINT] = "complaint",
	[ACCESS_CONTROL] = "control",
	NULL,
};

const char *const review_kind_names[REVIEW_KIND_N + 1] = {
	[REVIEW_BREAK_GLASS] = "break-glass",
	[REVIEW_SENSITIVE] = "sensitive",
	[REVIEW_VOLUME] = "volume",
	[REVIEW_STOP] = "stop",
	NULL,
};

const char *const review_state_names[REVIEW_STATE_N + 1] = {
	[REVIEW_PENDING] = "pending",
	[REVIEW_JUSTIFIED] = "justified",
	[REVIEW_UNJUSTIFIED] = "unjustified",
	NULL,
};

const char *const review_finding_names[FINDING_N + 1] = {
	[FINDING_VISIT] = "visit",
	[FINDING_TASK] = "task",
	[FINDING_TOLD] = "told",
	[FINDING_LOAD] = "load",
	[FINDING_MISTAKE] = "mistake",
	[FINDING_NONE] = "none",
	[FINDING_REPORTED] = "reported",
	NULL,
};

const char *const reveal_field_names[REVEAL_N + 1] = {
	[REVEAL_NIR] = "nir",
	[REVEAL_IBAN] = "iban",
	[REVEAL_PHONE] = "phone",
	[REVEAL_EMAIL] = "email",
	[REVEAL_VITALE_SERIAL] = "vitale-serial",
	NULL,
};

static const struct codec_field break_glass_new_fields[] = {
	CODEC_FORMATTED(struct break_glass_new, nir, "nir", CODEC_REQUIRED,
			FORMAT_NIR),
	CODEC_ENUM(struct break_glass_new, reason, "reason", CODEC_REQUIRED,
		   access_reason_names),
	CODEC_FORMATTED(struct break_glass_new, reference, "reference",
			CODEC_REQUIRED, FORMAT_REFERENCE),
	CODEC_END,
};

const struct codec break_glass_new_codec = {
	"BreakGlassNew", sizeof(struct break_glass_new), break_glass_new_fields,
	"Why a file outside the perimeter has to be read now.",
};

static const struct codec_field grant_new_fields[] = {
	CODEC_FORMATTED(struct grant_new, insured_id, "insured_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_FORMATTED(struct grant_new, agent, "agent", 0, FORMAT_CODE),
	CODEC_ENUM(struct grant_new, reason, "reason", CODEC_REQUIRED,
		   access_reason_names),
	CODEC_FORMATTED(struct grant_new, reference, "reference",
			CODEC_REQUIRED, FORMAT_REFERENCE),
	CODEC_END,
};

const struct codec grant_new_codec = {
	"GrantNew", sizeof(struct grant_new), grant_new_fields,
	"A sensitive file, opened for a while to one agent.",
};

static const struct codec_field access_fields[] = {
	CODEC_FORMATTED(struct access, review_id, "review_id", CODEC_REQUIRED,
			FORMAT_ID),
	CODEC_FORMATTED(struct access, insured_id, "insured_id", CODEC_REQUIRED,
			FORMAT_ID),
	CODEC_FORMATTED(struct access, agent, "agent", CODEC_REQUIRED,
			FORMAT_CODE),
	CODEC_FORMATTED(struct access, caisse, "caisse", CODEC_REQUIRED,
			FORMAT_CAISSE),
	CODEC_TEXT(struct access, caisse_name, "caisse_name", 0),
	CODEC_MOMENT(struct access, until, "until", CODEC_REQUIRED),
	CODEC_END,
};

const struct codec access_codec = {
	"Access", sizeof(struct access), access_fields,
	"Until when a contact may be opened about that file. A supervisor was "
	"told.",
};

static const struct codec_field review_fields[] = {
	CODEC_FORMATTED(struct review, id, "id", CODEC_REQUIRED, FORMAT_ID),
	CODEC_ENUM(struct review, kind, "kind", CODEC_REQUIRED, review_kind_names),
	CODEC_ENUM(struct review, state, "state", CODEC_REQUIRED,
		   review_state_names),
	CODEC_FORMATTED(struct review, agent, "agent", CODEC_REQUIRED,
			FORMAT_CODE),
	CODEC_TEXT(struct review, agent_name, "agent_name", 0),
	CODEC_FORMATTED(struct review, opened_by, "opened_by", 0, FORMAT_CODE),
	CODEC_FORMATTED(struct review, insured_id, "insured_id", 0, FORMAT_ID),
	CODEC_TEXT(struct review, person, "person", 0),
	CODEC_FORMATTED(struct review, caisse, "caisse", 0, FORMAT_CAISSE),
	CODEC_ENUM(struct review, reason, "reason", 0, access_reason_names),
	CODEC_FORMATTED(struct review, reference, "reference", 0,
			FORMAT_REFERENCE),
	CODEC_INT(struct review, files, "files", 0),
	CODEC_INT(struct review, minutes, "minutes", 0),
	CODEC_INT(struct review, reads, "reads", 0),
	CODEC_MOMENT(struct review, opened_at, "opened_at", CODEC_REQUIRED),
	CODEC_MOMENT(struct review, until, "until", 0),
	CODEC_FORMATTED(struct review, decided_by, "decided_by", 0, FORMAT_CODE),
	CODEC_ENUM(struct review, finding, "finding", 0, review_finding_names),
	CODEC_MOMENT(struct review, decided_at, "decided_at", 0),
	CODEC_BOOL(struct review, mine, "mine", CODEC_REQUIRED),
	CODEC_END,
};

const struct codec review_codec = {
	"Review", sizeof(struct review), review_fields,
	"An access that a supervisor, other than the agent, has to look at.",
};

static const struct codec_field review_query_fields[] = {
	CODEC_ENUM(struct review_query, state, "state", 0, review_state_names),
	CODEC_ENUM(struct review_query, kind, "kind", 0, review_kind_names),
	CODEC_FORMATTED(struct review_query, agent, "agent", 0, FORMAT_CODE),
	CODEC_RANGE(struct review_query, limit, "limit", 0, 1, 200),
	CODEC_FORMATTED(struct review_query, cursor, "cursor", 0, FORMAT_CURSOR),
	CODEC_END,
};

const struct codec review_query_codec = {
	"ReviewQuery", sizeof(struct review_query), review_query_fields, NULL,
};

static const struct codec_field review_totals_fields[] = {
	CODEC_RANGE(struct review_totals, pending, "pending", CODEC_REQUIRED, 0,
		    1000000000),
	CODEC_END,
};

const struct codec review_totals_codec = {
	"ReviewTotals", sizeof(struct review_totals), review_totals_fields,
	"How many wait in the whole caisse, whatever the filter.",
};

static const struct codec_field review_key_fields[] = {
	CODEC_FORMATTED(struct review_key, review_id, "review_id",
			CODEC_REQUIRED, FORMAT_ID),
	CODEC_END,
};

const struct codec review_key_codec = {
	"ReviewKey", sizeof(struct review_key), review_key_fields, NULL,
};

static const struct codec_field review_decision_fields[] = {
	CODEC_ENUM(struct review_decision, state, "state", CODEC_REQUIRED,
		   review_state_names),
	CODEC_ENUM(struct review_decision, finding, "finding", CODEC_REQUIRED,
		   review_finding_names),
	CODEC_END,
};

const struct codec review_decision_codec = {
	"ReviewDecision", sizeof(struct review_decision), review_decision_fields,
	"Justified or not, and what was found; a stop that is justified is "
	"lifted.",
};

static const struct codec_field reveal_new_fields[] = {
	CODEC_ENUM(struct reveal_new, field, "field", CODEC_REQUIRED,
		   reveal_field_names),
	CODEC_FORMATTED(struct reveal_new, beneficiary_id, "beneficiary_id", 0,
			FORMAT_ID),
	CODEC_END,
};

const struct codec reveal_new_codec = {
	"RevealNew", sizeof(struct reveal_new), reveal_new_fields,
	"Which hidden value, of whom.",
};

static const struct codec_field reveal_fields[] = {
	CODEC_ENUM(struct reveal, field, "field", CODEC_REQUIRED,
		   reveal_field_names),
	CODEC_TEXT(struct reveal, value, "value", 0),
	CODEC_RANGE(struct reveal, seconds, "seconds", CODEC_REQUIRED, 1, 60),
	CODEC_END,
};

const struct codec reveal_codec = {
	"Reveal", sizeof(struct reveal), reveal_fields,
	"One value, to be hidden again after that many seconds.",
};

static const struct codec_field journal_line_fields[] = {
	CODEC_RANGE(struct journal_line, number, "number", CODEC_REQUIRED, 1,
		    INT64_MAX),
	CODEC_MOMENT(struct journal_line, at, "at", CODEC_REQUIRED),
	CODEC_FORMATTED(struct journal_line, agent, "agent", 0, FORMAT_CODE),
	CODEC_TEXT(struct journal_line, agent_name, "agent_name", 0),
	CODEC_TEXT(struct journal_line, office, "office", 0),
	CODEC_FORMATTED(struct journal_line, operation, "operation",
			CODEC_REQUIRED, FORMAT_CODE),
	CODEC_FORMATTED(struct journal_line, insured_id, "insured_id", 0,
			FORMAT_ID),
	CODEC_TEXT(struct journal_line, person, "person", 0),
	CODEC_FORMATTED(struct journal_line, contact_id, "contact_id", 0,
			FORMAT_ID),
	CODEC_ENUM(struct journal_line, channel, "channel", 0, channel_names),
	CODEC_ENUM(struct journal_line, motive, "motive", 0, motive_names),
	CODEC_ENUM(struct journal_line, reason, "reason", 0,
		   contact_reason_names),
	CODEC_TEXT(struct journal_line, reference, "reference", 0),
	CODEC_TEXT(struct journal_line, object, "object", 0),
	CODEC_RANGE(struct journal_line, status, "status", CODEC_REQUIRED, 100,
		    599),
	CODEC_TEXT(struct journal_line, trace, "trace", 0),
	CODEC_END,
};

const struct codec journal_line_codec = {
	"JournalLine", sizeof(struct journal_line), journal_line_fields,
	"One act of the trace: who, when, what, on which file, never a value.",
};

static const struct codec_field journal_query_fields[] = {
	CODEC_FORMATTED(struct journal_query, agent, "agent", 0, FORMAT_CODE),
	CODEC_FORMATTED(struct journal_query, insured_id, "insured_id", 0,
			FORMAT_ID),
	CODEC_FORMATTED(struct journal_query, operation, "operation", 0,
			FORMAT_CODE),
	CODEC_DATE(struct journal_query, from, "from", 0),
	CODEC_DATE(struct journal_query, to, "to", 0),
	CODEC_FORMATTED(struct journal_query, office_id, "office_id", 0,
			FORMAT_ID),
	CODEC_BOOL(struct journal_query, refused, "refused", 0),
	CODEC_BOOL(struct journal_query, export, "export", 0),
	CODEC_RANGE(struct journal_query, limit, "limit", 0, 1, 200),
	CODEC_FORMATTED(struct journal_query, cursor, "cursor", 0, FORMAT_CURSOR),
	CODEC_END,
};

const struct codec journal_query_codec = {
	"JournalQuery", sizeof(struct journal_query), journal_query_fields, NULL,
};

static const struct api_problem break_glass_problems[] = {
	{ "reauth.needed", 403, "Mot de passe à redonner" },
	{ "file.own", 403, "Votre propre dossier" },
	{ "file.yours", 409, "Dossier de votre caisse" },
	{ "access.limit", 429, "Trop de demandes hors périmètre" },
	{ 0 },
};

static const struct api_problem grant_problems[] = {
	{ "reauth.needed", 403, "Mot de passe à redonner" },
	{ "file.own", 403, "Dossier de l'agent lui-même" },
	{ "file.ordinary", 409, "Dossier sans protection particulière" },
	{ "agent.unknown", 422, "Agent inconnu" },
	{ 0 },
};

static const struct api_problem decide_problems[] = {
	{ "review.own", 403, "Une autre personne doit décider" },
	{ "review.decided", 409, "Contrôle déjà fait" },
	{ "review.state", 422, "Décision incomplète" },
	{ 0 },
};

static const struct api_problem reveal_problems[] = {
	{ "proof.needed", 403, "Identité à vérifier" },
	{ "field.denied", 403, "Donnée fermée à ce rôle" },
	{ 0 },
};

const struct api_op api_break_glass_create = {
	.name = "break_glass.create", .method = API_POST,
	.flags = API_KEYED | API_CREATED,
	.path = "/v1/break-glass",
	.summary = "Be let into a file of another caisse for half an hour",
	.body = &break_glass_new_codec, .reply = &access_codec,
	.problems = break_glass_problems, .roles = ROLES_ALL,
};

const struct api_op api_grant_create = {
	.name = "grant.create", .method = API_POST,
	.flags = API_KEYED | API_CREATED,
	.path = "/v1/grants",
	.summary = "Open a sensitive file to one agent for half an hour",
	.body = &grant_new_codec, .reply = &access_codec,
	.problems = grant_problems, .roles = 1u << ROLE_SUPERVISOR,
};

const struct api_op api_review_list = {
	.name = "review.list", .method = API_GET, .flags = API_LIST,
	.path = "/v1/reviews",
	.summary = "List the accesses to look at, newest first",
	.query = &review_query_codec, .reply = &review_codec,
	.envelope = &review_totals_codec, .roles = 1u << ROLE_SUPERVISOR,
};

const struct api_op api_review_decide = {
	.name = "review.decide", .method = API_POST, .flags = API_KEYED,
	.path = "/v1/reviews/{review_id}/decision",
	.summary = "Say whether an access was justified",
	.query = &review_key_codec, .body = &review_decision_codec,
	.reply = &review_codec,
	.problems = decide_problems, .roles = 1u << ROLE_SUPERVISOR,
};

const struct api_op api_insured_reveal = {
	.name = "insured.reveal", .method = API_POST,
	.flags = API_READ | API_CONTACT,
	.path = "/v1/insured/{insured_id}/reveals",
	.summary = "Show one hidden value for some seconds",
	.query = &insured_key_codec, .body = &reveal_new_codec,
	.reply = &reveal_codec,
	.problems = reveal_problems, .roles = ROLES_ALL,
	.glass_roles = ROLES_ALL,
};

const struct api_op api_journal_list = {
	.name = "journal.list", .method = API_GET, .flags = API_LIST,
	.path = "/v1/journal",
	.summary = "Read the trace of the caisse, newest first",
	.query = &journal_query_codec, .reply = &journal_line_codec,
	.roles = 1u << ROLE_SUPERVISOR,
};
