/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth.h"
#include "setting.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>
#include <guichet/base/workdays.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

_Static_assert(PASSWORD_SIZE >= crypto_pwhash_STRBYTES,
	       "an encoded hash must fit");

#define PASSES 2
#define MEMORY (64u << 20)

bool password_hash(const char *password, char out[PASSWORD_SIZE], struct err *err)
{
	if (crypto_pwhash_str_alg(out, password, strlen(password), PASSES, MEMORY,
				  crypto_pwhash_ALG_ARGON2ID13) == 0)
		return true;
	return req_refuse(err, 503, "memory.short",
			  _("mémoire insuffisante pour le mot de passe"));
}

/* What libsodium wrote: "$argon2id$v=19$m=65536,t=2,p=1$SALT$HASH". */
struct encoded {
	unsigned long long passes;
	size_t memory;                  /* bytes */
	unsigned char salt[crypto_pwhash_SALTBYTES], hash[32];
};

static bool take_bytes(const char **text, unsigned char *out, size_t size)
{
	size_t read = 0;

	return sodium_base642bin(out, size, *text, strlen(*text), NULL, &read, text,
				 sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 &&
		read == size;
}

static bool decode(const char *text, struct encoded *encoded)
{
	unsigned kib;
	int used = 0;

	if (sscanf(text, "$argon2id$v=19$m=%10u,t=%4llu,p=1$%n", &kib,
		   &encoded->passes, &used) != 2 || used == 0)
		return false;
	encoded->memory = (size_t)kib << 10;
	text += used;
	return take_bytes(&text, encoded->salt, sizeof(encoded->salt)) &&
		*text++ == '$' &&
		take_bytes(&text, encoded->hash, sizeof(encoded->hash)) &&
		*text == '\0';
}

/* crypto_pwhash_str_verify() tells a want of memory as a bad password, which
 * would be counted against the agent. */
bool password_check_hash(const char *hash, const char *password, bool *right,
			 struct err *err)
{
	struct encoded encoded;
	unsigned char made[sizeof(encoded.hash)];

	*right = false;
	if (!decode(hash, &encoded))
		return true;
	if (crypto_pwhash(made, sizeof(made), password, strlen(password),
			  encoded.salt, encoded.passes, encoded.memory,
			  crypto_pwhash_ALG_ARGON2ID13) != 0)
		return req_refuse(err, 503, "memory.short",
			_("mémoire insuffisante pour le mot de passe"));
	*right = sodium_memcmp(made, encoded.hash, sizeof(made)) == 0;
	sodium_memzero(made, sizeof(made));
	return true;
}

void token_new(char token[TOKEN_TEXT], unsigned char hash[TOKEN_HASH_SIZE])
{
	unsigned char bytes[32];

	random_bytes(bytes, sizeof(bytes));
	sodium_bin2base64(token, TOKEN_TEXT, bytes, sizeof(bytes),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(bytes, sizeof(bytes));
	token_hash(token, hash);
}

bool draft_key_of(struct db *db, int64_t caisse, int64_t agent_id,
		  char out[TOKEN_TEXT], struct err *err)
{
	unsigned char secret[SETTING_KEY_SIZE], key[crypto_generichash_BYTES];
	char who[64];

	if (!setting_key(db, "draft.key", secret, err))
		return false;
	snprintf(who, sizeof(who), "%lld/%lld", (long long)caisse,
		 (long long)agent_id);
	crypto_generichash(key, sizeof(key), (const unsigned char *)who,
			   strlen(who), secret, sizeof(secret));
	sodium_bin2base64(out, TOKEN_TEXT, key, sizeof(key),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(secret, sizeof(secret));
	sodium_memzero(key, sizeof(key));
	return true;
}

bool token_hash(const char *token, unsigned char hash[TOKEN_HASH_SIZE])
{
	size_t size = strlen(token);

	if (size < 16 || size >= TOKEN_TEXT)
		return false;
	crypto_hash_sha256(hash, (const unsigned char *)token, size);
	return true;
}

static bool copy_caisse(struct req *req, struct db_stmt *stmt, int column,
			struct err *err)
{
	if (!db_copy(stmt, column, req->caisse_name, sizeof(req->caisse_name), err) ||
	    !db_copy(stmt, column + 1, req->department, sizeof(req->department), err))
		return false;
	req->zone = workdays_zone(req->department);
	req->today = zone_date(req->zone, req->now_ms, NULL);
	return true;
}

static bool expired(struct err *err)
{
	return req_refuse(err, 401, "token.invalid",
			  _("la session est terminée : reconnectez-vous"));
}

/* A token that was carried away to another workstation says nothing there. */
static bool is_here(const struct req *req, struct db_blob station)
{
	return station.size == STATION_SIZE &&
		sodium_memcmp(station.data, req->station, STATION_SIZE) == 0;
}

bool session_load(struct req *req, int64_t idle_s, int64_t *seen_at,
		  struct err *err)
{
	struct db_blob token = { req->token, TOKEN_HASH_SIZE };
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(req->db, &failed,
		"SELECT s.caisse, s.agent_id, s.office_id, s.channel, s.seen_at, "
		"s.expires_at, a.role, a.locked, s.desk, a.display_name, c.name, "
		"c.department, s.station FROM session s "
		"JOIN agent a ON a.caisse = s.caisse AND a.id = s.agent_id "
		"JOIN caisse c ON c.code = s.caisse WHERE s.token = $1", "b", &token);
	bool ok;

	if (!db_next(stmt, &failed)) {
		if (failed.code == ERR_NONE)
			return expired(err);
		*err = failed;
		return false;
	}
	req->caisse = req->home = db_int(stmt, 0);
	req->agent_id = db_int(stmt, 1);
	req->office_id = db_int(stmt, 2);
	req->channel = (int)db_int(stmt, 3);
	*seen_at = db_int(stmt, 4);
	req->expires_at = db_int(stmt, 5);
	req->role = (int)db_int(stmt, 6);
	ok = is_here(req, db_bytes(stmt, 12)) && req->steady_ms < req->expires_at &&
		req->steady_ms < *seen_at + idle_s * 1000 && db_int(stmt, 7) == 0;
	ok = ok ? db_copy(stmt, 8, req->desk, sizeof(req->desk), err) &&
		db_copy(stmt, 9, req->agent_name, sizeof(req->agent_name), err) &&
		copy_caisse(req, stmt, 10, err) : expired(err);
	db_done(stmt);
	return ok;
}

bool session_open(struct req *req, char token[TOKEN_TEXT], struct err *err)
{
	struct db_blob hash = { req->token, TOKEN_HASH_SIZE };
	struct db_blob station = { req->station, STATION_SIZE };

	token_new(token, req->token);
	return db_run(req->db, err, NULL,
		"INSERT INTO session (token, caisse, agent_id, office_id, channel, "
		"desk, created_at, seen_at, expires_at, station) "
		"VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)",
		"biiiitiib", &hash, req->caisse, req->agent_id, req->office_id,
		(int64_t)req->channel, req->desk, req->steady_ms, req->expires_at,
		&station);
}

bool session_rotate(struct req *req, char token[TOKEN_TEXT], struct err *err)
{
	unsigned char was[TOKEN_HASH_SIZE];
	struct db_blob old = { was, sizeof(was) };
	struct db_blob hash = { req->token, TOKEN_HASH_SIZE };
	int64_t changed = 0;

	memcpy(was, req->token, sizeof(was));
	token_new(token, req->token);
	if (!db_run(req->db, err, &changed,
		"UPDATE session SET token = $1, seen_at = $2, confirmed_at = $3 "
		"WHERE token = $4",
		"biib", &hash, req->steady_ms, req->now_ms, &old))
		return false;
	if (changed == 1)
		return true;
	return expired(err);
}

bool session_touch(const struct req *req, struct err *err)
{
	struct db_blob token = { req->token, TOKEN_HASH_SIZE };

	return db_run(req->db, err, NULL,
		"UPDATE session SET seen_at = $1 WHERE token = $2",
		"ib", req->steady_ms, &token);
}

bool agent_load(struct req *req, const char *login, char hash[PASSWORD_SIZE],
		bool *found, struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(req->db, &failed,
		"SELECT a.caisse, a.id, a.office_id, a.role, a.locked, a.password, "
		"a.display_name, c.name, c.department FROM agent a "
		"JOIN caisse c ON c.code = a.caisse WHERE a.login = $1", "t", login);
	bool ok = true;

	*found = false;
	if (db_next(stmt, &failed)) {
		req->caisse = req->home = db_int(stmt, 0);
		req->agent_id = db_int(stmt, 1);
		req->office_id = db_int(stmt, 2);
		req->role = (int)db_int(stmt, 3);
		*found = db_int(stmt, 4) == 0;
		ok = db_copy(stmt, 5, hash, PASSWORD_SIZE, &failed) &&
			db_copy(stmt, 6, req->agent_name, sizeof(req->agent_name),
				&failed) &&
			copy_caisse(req, stmt, 7, &failed);
		db_done(stmt);
	}
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return ok && failed.code == ERR_NONE;
}

bool contact_load(struct req *req, const char *id, struct err *err)
{
	struct err failed = { 0 };
	int64_t closed_at = 0, until = 0;
	struct db_stmt *stmt = db_query(req->db, &failed,
		"SELECT file_id, tier, channel, closed_at, file_caisse, until "
		"FROM contact WHERE caisse = $1 AND id = $2 AND agent_id = $3",
		"iii", req->home, id_parse(id), req->agent_id);

	if (db_next(stmt, &failed)) {
		req->contact.id = id_parse(id);
		req->contact.file_id = db_int(stmt, 0);
		req->contact.tier = (int)db_int(stmt, 1);
		req->contact.channel = (int)db_int(stmt, 2);
		closed_at = db_int(stmt, 3);
		req->contact.file_caisse = db_int(stmt, 4) ? db_int(stmt, 4) :
			req->home;
		req->contact.perimeter =
			req->contact.file_caisse == req->home ?
			PERIMETER_OWN : PERIMETER_BREAK_GLASS;
		until = db_int(stmt, 5);
		db_done(stmt);
	}
	if (failed.code != ERR_NONE) {
		*err = failed;
		return false;
	}
	if (req->contact.id == 0)
		return req_refuse(err, 403, "contact.needed",
			_("ouvrez d'abord un contact pour ce dossier"));
	if (closed_at != 0)
		return req_refuse(err, 409, "contact.closed",
			_("ce contact est terminé : rouvrez le dossier"));
	if (until != 0 && req->now_ms >= until)
		return req_refuse(err, 403, "access.ended",
			_("le temps d'accès à ce dossier est écoulé"));
	return true;
}
