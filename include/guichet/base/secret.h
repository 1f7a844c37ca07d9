/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys and tokens: where they are kept, and what is done with a key.  Bytes of a
 * secret are alone in locked pages between guards: never swapped, in no core
 * file, wiped when they go. */
#ifndef GUICHET_BASE_SECRET_H
#define GUICHET_BASE_SECRET_H

#include <guichet/base/buf.h>
#include <stdint.h>

#define SECRET_KEY_SIZE 32              /* bytes of a key */
#define SECRET_TAG_SIZE 17              /* with the final zero */

struct secret {
	unsigned char *bytes;           /* NULL: nothing is kept */
	size_t size;
};

/* Wipe what `secret` holds, then keep a copy of `size` bytes; NULL: of nothing. */
void secret_set(struct secret *secret, const void *bytes, size_t size);

/* Keep a key given as base64url without padding.  False, and nothing kept, for
 * anything but SECRET_KEY_SIZE bytes. */
bool secret_key_from_text(struct secret *secret, const char *text);

/* Keep a new key. */
void secret_key_new(struct secret *secret);

/* Name a key without telling anything of it, as 16 hexadecimal digits. */
void secret_tag(const struct secret *key, char tag[SECRET_TAG_SIZE]);

/*
 * Append the sealed form of `plain` to `out` (XChaCha20-Poly1305): nobody reads
 * it without the key, nor changes it, nor passes it off under another `label`.
 * False when `out` is too small.
 */
bool secret_seal(const struct secret *key, const char *label,
		 const struct buf *plain, struct buf *out);

/* Append what was sealed to `out`.  False for another key, another label, bytes
 * that were changed, or when `out` is too small. */
bool secret_open(const struct secret *key, const char *label,
		 const struct buf *sealed, struct buf *out);

/* Make `bytes` unreadable in place; doing it again with the same number makes
 * them what they were.  A number serves one block of memory of one key. */
void secret_veil(const struct secret *key, uint64_t number, void *bytes,
		 size_t size);

#endif
