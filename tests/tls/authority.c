/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "authority.h"

#include "../unit/unit.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HOUR_S 3600

static void ok(int result)
{
	if (result < 0)
		fail_msg("%s", gnutls_strerror(result));
}

static void set_names(gnutls_x509_crt_t cert, const struct wanted *wanted)
{
	struct in_addr loopback = { htonl(INADDR_LOOPBACK) };

	if (wanted->name)
		ok(gnutls_x509_crt_set_subject_alt_name(cert, GNUTLS_SAN_DNSNAME,
			wanted->name, (unsigned)strlen(wanted->name), 0));
	else
		ok(gnutls_x509_crt_set_subject_alt_name(cert, GNUTLS_SAN_IPADDRESS,
			&loopback, sizeof(loopback), 0));
}

static void set_use(gnutls_x509_crt_t cert, const struct wanted *wanted)
{
	ok(gnutls_x509_crt_set_ca_status(cert, wanted->authority));
	ok(gnutls_x509_crt_set_key_usage(cert, wanted->authority ?
		GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN :
		GNUTLS_KEY_DIGITAL_SIGNATURE));
	if (!wanted->authority)
		ok(gnutls_x509_crt_set_key_purpose_oid(cert, wanted->client ?
			GNUTLS_KP_TLS_WWW_CLIENT : GNUTLS_KP_TLS_WWW_SERVER, 0));
}

void pair_make(struct pair *pair, const struct wanted *wanted)
{
	const struct pair *issuer = wanted->issuer ? wanted->issuer : pair;
	time_t now = time(NULL);
	bool dated = wanted->from_h != 0 || wanted->until_h != 0;
	unsigned char serial[8], id[20];
	size_t id_size = sizeof(id);
	gnutls_x509_crt_t cert;
	char name[32];

	ok(gnutls_x509_privkey_init(&pair->key));
	ok(gnutls_x509_privkey_generate(pair->key, GNUTLS_PK_ECDSA,
		GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0));
	ok(gnutls_x509_crt_init(&cert));
	pair->cert = cert;
	ok(gnutls_x509_crt_set_version(cert, 3));
	ok(gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof(serial)));
	serial[0] &= 0x7F;
	ok(gnutls_x509_crt_set_serial(cert, serial, sizeof(serial)));
	snprintf(name, sizeof(name), "CN=test %02x%02x", serial[1], serial[2]);
	ok(gnutls_x509_crt_set_dn(cert, name, NULL));
	ok(gnutls_x509_crt_set_key(cert, pair->key));
	ok(gnutls_x509_crt_get_key_id(cert, 0, id, &id_size));
	ok(gnutls_x509_crt_set_subject_key_id(cert, id, id_size));
	ok(gnutls_x509_crt_set_activation_time(cert, now +
		(dated ? wanted->from_h : -24) * HOUR_S));
	ok(gnutls_x509_crt_set_expiration_time(cert, now +
		(dated ? wanted->until_h : 24) * HOUR_S));
	set_names(cert, wanted);
	set_use(cert, wanted);
	ok(gnutls_x509_crt_sign2(cert, issuer->cert, issuer->key,
				 GNUTLS_DIG_SHA256, 0));
}

void pair_free(struct pair *pair)
{
	gnutls_x509_crt_deinit(pair->cert);
	gnutls_x509_privkey_deinit(pair->key);
}

static void write_all(const char *path, const gnutls_datum_t *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_int_equal(write(fd, text->data, text->size), text->size);
	close(fd);
	gnutls_free(text->data);
}

void pair_write_cert(const struct pair *pair, const char *path)
{
	gnutls_datum_t text;

	ok(gnutls_x509_crt_export2(pair->cert, GNUTLS_X509_FMT_PEM, &text));
	write_all(path, &text);
}

void pair_write_key(const struct pair *pair, const char *path)
{
	gnutls_datum_t text;

	ok(gnutls_x509_privkey_export2_pkcs8(pair->key, GNUTLS_X509_FMT_PEM, NULL,
					     GNUTLS_PKCS_PLAIN, &text));
	write_all(path, &text);
}

void revoked_write(const struct pair *authority, const struct pair *revoked,
		   const char *path)
{
	time_t now = time(NULL);
	unsigned char number[4] = { 0, 0, 0, 1 };
	gnutls_datum_t text;
	gnutls_x509_crl_t list;

	ok(gnutls_x509_crl_init(&list));
	ok(gnutls_x509_crl_set_version(list, 2));
	ok(gnutls_x509_crl_set_this_update(list, now - HOUR_S));
	ok(gnutls_x509_crl_set_next_update(list, now + HOUR_S));
	ok(gnutls_x509_crl_set_number(list, number, sizeof(number)));
	ok(gnutls_x509_crl_set_crt(list, revoked->cert, now - HOUR_S));
	ok(gnutls_x509_crl_sign2(list, authority->cert, authority->key,
				 GNUTLS_DIG_SHA256, 0));
	ok(gnutls_x509_crl_export2(list, GNUTLS_X509_FMT_PEM, &text));
	gnutls_x509_crl_deinit(list);
	write_all(path, &text);
}

void pair_pin(const struct pair *pair, char *out, size_t out_size)
{
	unsigned char digest[32];
	size_t size = sizeof(digest);
	gnutls_datum_t hash = { digest, sizeof(digest) }, text;

	ok(gnutls_x509_crt_get_key_id(pair->cert, GNUTLS_KEYID_USE_SHA256, digest,
				      &size));
	ok(gnutls_base64_encode2(&hash, &text));
	snprintf(out, out_size, "sha256//%.*s", (int)text.size, (char *)text.data);
	gnutls_free(text.data);
}
