/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cursor of a list: where the next page starts, signed with the key of the
 * database so that it cannot be made, nor used with another filter. */
#include "req.h"
#include "setting.h"

#include <guichet/base/intl.h>

#include <sodium.h>
#include <string.h>

#define MAC_SIZE 16

struct cursor {
	unsigned char after[8], id[8];  /* big endian */
	unsigned char mac[MAC_SIZE];
};

static void put(unsigned char out[8], int64_t value)
{
	for (int i = 7; i >= 0; i--) {
		out[i] = (unsigned char)value;
		value = (int64_t)((uint64_t)value >> 8);
	}
}

static int64_t get(const unsigned char in[8])
{
	uint64_t value = 0;

	for (int i = 0; i < 8; i++)
		value = value << 8 | in[i];
	return (int64_t)value;
}

static bool sign(struct req *req, const char *filter, const struct cursor *cursor,
		 unsigned char mac[MAC_SIZE], struct err *err)
{
	unsigned char key[SETTING_KEY_SIZE];
	crypto_generichash_state state;

	if (!setting_key(req->db, "cursor.key", key, err))
		return false;
	crypto_generichash_init(&state, key, sizeof(key), MAC_SIZE);
	crypto_generichash_update(&state, cursor->after, sizeof(cursor->after));
	crypto_generichash_update(&state, cursor->id, sizeof(cursor->id));
	crypto_generichash_update(&state, (const unsigned char *)req->op->name,
				  strlen(req->op->name) + 1);
	crypto_generichash_update(&state, (const unsigned char *)filter,
				  strlen(filter));
	crypto_generichash_final(&state, mac, MAC_SIZE);
	return true;
}

bool req_cursor_read(struct req *req, const char *text, const char *filter,
		     int64_t *after, int64_t *id, struct err *err)
{
	struct cursor cursor;
	unsigned char mac[MAC_SIZE];
	size_t size = 0;
	bool whole;

	*after = *id = INT64_MAX;
	if (text[0] == '\0')
		return true;
	whole = sodium_base642bin((unsigned char *)&cursor, sizeof(cursor), text,
				  strlen(text), NULL, &size, NULL,
				  sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
		size == sizeof(cursor);
	if (whole && !sign(req, filter, &cursor, mac, err))
		return false;
	if (!whole || sodium_memcmp(mac, cursor.mac, MAC_SIZE) != 0)
		return req_refuse(err, 400, "cursor.invalid",
				  _("la suite de la liste n'est plus valable : actualisez"));
	*after = get(cursor.after);
	*id = get(cursor.id);
	return true;
}

bool req_cursor_write(struct req *req, const char *filter, int64_t after,
		      int64_t id, struct err *err)
{
	struct cursor cursor;

	put(cursor.after, after);
	put(cursor.id, id);
	req->cursor[0] = '\0';
	/* Without it a list would seem to end there. */
	if (!sign(req, filter, &cursor, cursor.mac, err))
		return false;
	sodium_bin2base64(req->cursor, sizeof(req->cursor),
			  (const unsigned char *)&cursor, sizeof(cursor),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return true;
}
