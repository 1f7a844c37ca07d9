/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Certificates made for one run of the tests. */
#ifndef GUICHET_TESTS_AUTHORITY_H
#define GUICHET_TESTS_AUTHORITY_H

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdbool.h>
#include <time.h>

struct pair {
	gnutls_x509_crt_t cert;
	gnutls_x509_privkey_t key;
};

/* What a certificate says; nothing said is: of 127.0.0.1, valid now, a server. */
struct wanted {
	const struct pair *issuer;      /* NULL: itself */
	const char *name;               /* DNS, rather than 127.0.0.1 */
	int from_h, until_h;            /* hours from now; both 0: valid */
	bool authority, client;
};

void pair_make(struct pair *pair, const struct wanted *wanted);
void pair_free(struct pair *pair);

/* Write as PEM to `path`, 0600. */
void pair_write_cert(const struct pair *pair, const char *path);
void pair_write_key(const struct pair *pair, const char *path);

/* The list of those that `authority` revoked: `revoked`. */
void revoked_write(const struct pair *authority, const struct pair *revoked,
		   const char *path);

/* "sha256//BASE64" of the public key. */
void pair_pin(const struct pair *pair, char *out, size_t out_size);

#endif
