/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/api/session.h>

static const struct codec_field login_fields[] = {
	CODEC_FORMATTED(struct login, user, "user", CODEC_REQUIRED, FORMAT_CODE),
	CODEC_TEXT(struct login, password, "password", CODEC_REQUIRED),
	{ .name = "code", .type = CODEC_TYPE_TEXT, CODEC_MEMBER(struct login, code),
	  .format = FORMAT_DIGITS,
	  .about = "Six digits of the second factor, of the agents who have one." },
	CODEC_FORMATTED(struct login, office_id, "office_id", 0, FORMAT_ID),
	CODEC_ENUM(struct login, channel, "channel", 0, channel_names),
	CODEC_TEXT(struct login, desk, "desk", 0),
	CODEC_END,
};

const struct codec login_codec = {
	"Login", sizeof(struct login), login_fields,
	"Who signs in, and at which desk.",
};

static const struct codec_field session_fields[] = {
	CODEC_FORMATTED(struct session, token, "token", 0, FORMAT_TOKEN),
	CODEC_FORMATTED(struct session, draft_key, "draft_key", 0, FORMAT_TOKEN),
	CODEC_FORMATTED(struct session, user, "user", CODEC_REQUIRED, FORMAT_CODE),
	CODEC_TEXT(struct session, display_name, "display_name", CODEC_REQUIRED),
	CODEC_ENUM(struct session, role, "role", CODEC_REQUIRED, role_names),
	CODEC_FORMATTED(struct session, caisse, "caisse", CODEC_REQUIRED,
			FORMAT_CAISSE),
	CODEC_TEXT(struct session, caisse_name, "caisse_name", CODEC_REQUIRED),
	CODEC_TEXT(struct session, department, "department", CODEC_REQUIRED),
	CODEC_FORMATTED(struct session, office_id, "office_id", 0, FORMAT_ID),
	CODEC_TEXT(struct session, office_name, "office_name", 0),
	CODEC_ENUM(struct session, channel, "channel", CODEC_REQUIRED,
		   channel_names),
	CODEC_TEXT(struct session, desk, "desk", 0),
	CODEC_MOMENT(struct session, expires_at, "expires_at", CODEC_REQUIRED),
	CODEC_RANGE(struct session, idle_s, "idle_s", CODEC_REQUIRED, 1, 86400),
	CODEC_END,
};

const struct codec session_codec = {
	"Session", sizeof(struct session), session_fields,
	"A signed-in agent. The token is only in the answers of the sign-in and of the "
	"unlocking, the key under which the desk keeps the agent's drafts in the former.",
};

static const struct codec_field password_check_fields[] = {
	CODEC_TEXT(struct password_check, password, "password", CODEC_REQUIRED),
	CODEC_END,
};

const struct codec password_check_codec = {
	"PasswordCheck", sizeof(struct password_check), password_check_fields,
	"The password of the agent who is already signed in.",
};

static const struct api_problem create_problems[] = {
	{ "login.refused", 401, "Identifiant ou mot de passe refusé" },
	{ "second.factor", 401, "Second facteur nécessaire" },
	{ "code.refused", 401, "Code refusé" },
	{ "login.locked", 429, "Trop d'essais" },
	{ 0 },
};

const struct api_op api_session_create = {
	.name = "session.create", .method = API_POST,
	.flags = API_PUBLIC | API_CREATED | API_TOKEN,
	.path = "/v1/sessions",
	.summary = "Sign in with a name and a password",
	.body = &login_codec, .reply = &session_codec,
	.problems = create_problems, .roles = ROLES_ALL,
};

const struct api_op api_session_get = {
	.name = "session.get", .method = API_GET,
	.path = "/v1/sessions/current",
	.summary = "Tell who is signed in",
	.reply = &session_codec, .roles = ROLES_ALL,
};

const struct api_op api_session_delete = {
	.name = "session.delete", .method = API_DELETE, .flags = API_EMPTY,
	.path = "/v1/sessions/current",
	.summary = "Sign out",
	.roles = ROLES_ALL,
};

static const struct api_problem unlock_problems[] = {
	{ "password.refused", 422, "Mot de passe refusé" },
	{ "login.locked", 429, "Trop d'essais" },
	{ 0 },
};

const struct api_op api_session_unlock = {
	.name = "session.unlock", .method = API_POST,
	.flags = API_TOKEN,
	.path = "/v1/sessions/current/unlock",
	.summary = "Check the password again, to leave the privacy screen;"
		   " the session goes on under another token",
	.body = &password_check_codec, .reply = &session_codec,
	.problems = unlock_problems, .roles = ROLES_ALL,
};
