/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/mem.h>
#include <guichet/base/secret.h>

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define PROOF_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES

_Static_assert(SECRET_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES &&
	       SECRET_KEY_SIZE == crypto_stream_xchacha20_KEYBYTES &&
	       SECRET_KEY_SIZE == crypto_generichash_KEYBYTES,
	       "one size of key for all");

void secret_set(struct secret *secret, const void *bytes, size_t size)
{
	unsigned char *kept = NULL;
	bool given = false;

	if (bytes) {
		if (sodium_init() < 0)
			abort();
		while (!(kept = sodium_malloc(size)))
			mem_again(&given);
		memcpy(kept, bytes, size);
	}
	/* It wipes first; NULL is nothing to it. */
	sodium_free(secret->bytes);
	secret->bytes = kept;
	secret->size = kept ? size : 0;
}

bool secret_key_from_text(struct secret *secret, const char *text)
{
	unsigned char key[SECRET_KEY_SIZE];
	size_t size = 0;
	bool ok = sodium_base642bin(key, sizeof(key), text, strlen(text), NULL,
				    &size, NULL,
				    sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
		  size == sizeof(key);

	secret_set(secret, ok ? key : NULL, sizeof(key));
	explicit_bzero(key, sizeof(key));
	return ok;
}

void secret_key_new(struct secret *secret)
{
	unsigned char key[SECRET_KEY_SIZE];

	randombytes_buf(key, sizeof(key));
	secret_set(secret, key, sizeof(key));
	explicit_bzero(key, sizeof(key));
}

void secret_tag(const struct secret *key, char tag[SECRET_TAG_SIZE])
{
	static const unsigned char about[] = "name of the key";
	unsigned char hash[crypto_generichash_BYTES];

	crypto_generichash(hash, sizeof(hash), about, sizeof(about), key->bytes,
			   key->size);
	sodium_bin2hex(tag, SECRET_TAG_SIZE, hash, (SECRET_TAG_SIZE - 1) / 2);
}

bool secret_seal(const struct secret *key, const char *label,
		 const struct buf *plain, struct buf *out)
{
	unsigned char nonce[NONCE_SIZE];
	size_t size = plain->size + PROOF_SIZE;
	unsigned char *sealed = mem_new(size, 1);
	bool ok;

	randombytes_buf(nonce, sizeof(nonce));
	crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, NULL,
		(const unsigned char *)buf_cstr(plain), plain->size,
		(const unsigned char *)label, strlen(label), NULL, nonce,
		key->bytes);
	ok = buf_add(out, nonce, sizeof(nonce)) && buf_add(out, sealed, size);
	free(sealed);
	return ok;
}

bool secret_open(const struct secret *key, const char *label,
		 const struct buf *sealed, struct buf *out)
{
	const unsigned char *bytes = (const unsigned char *)buf_cstr(sealed);
	unsigned char *plain;
	size_t size;
	bool ok;

	if (sealed->size < NONCE_SIZE + PROOF_SIZE)
		return false;
	size = sealed->size - NONCE_SIZE - PROOF_SIZE;
	plain = mem_new(size + 1, 1);
	ok = crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL,
			bytes + NONCE_SIZE, sealed->size - NONCE_SIZE,
			(const unsigned char *)label, strlen(label), bytes,
			key->bytes) == 0 && buf_add(out, plain, size);
	explicit_bzero(plain, size + 1);
	free(plain);
	return ok;
}

void secret_veil(const struct secret *key, uint64_t number, void *bytes,
		 size_t size)
{
	unsigned char nonce[crypto_stream_xchacha20_NONCEBYTES] = { 0 };

	memcpy(nonce, &number, sizeof(number));
	crypto_stream_xchacha20_xor(bytes, bytes, size, nonce, key->bytes);
}
