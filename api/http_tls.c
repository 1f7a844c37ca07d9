/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http_tls.h"

#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ANSSI, SDE-NT-35: authenticated encryption and ephemeral keys only.  Those of
 * TLS 1.3 all are. */
#define CIPHERS_1_2 "ECDHE+AESGCM:ECDHE+CHACHA20"

#define PIN_HEAD "sha256//"
#define PIN_CHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
#define PIN_SIZE 43                     /* of 32 bytes in base64, before its '=' */
#define PINS_MOST 2

/* Results of X509_verify_cert(), which libcurl hands on. */
static const struct { long code; enum http_result result; } refusals[] = {
	{ 9, HTTP_TOO_EARLY }, { 10, HTTP_EXPIRED }, { 23, HTTP_REVOKED },
};

/* How OpenSSL tells what the other side says of our certificate; libcurl has no
 * code for it. */
static const char *const alerts[] = {
	"alert certificate required", "alert bad certificate",
	"alert unknown ca", "alert certificate revoked",
	"alert certificate expired", "alert certificate unknown",
	"alert no certificate",
};

static char *copy_or_null(const char *text)
{
	return text && *text ? mem_text(text) : NULL;
}

/* libcurl takes anything else for the name of a file. */
static bool are_pins(const char *text)
{
	for (int i = 0; i < PINS_MOST; i++) {
		if (strncmp(text, PIN_HEAD, strlen(PIN_HEAD)) != 0)
			return false;
		text += strlen(PIN_HEAD);
		if (strspn(text, PIN_CHARS) != PIN_SIZE || text[PIN_SIZE] != '=')
			return false;
		text += PIN_SIZE + 1;
		if (*text == '\0')
			return true;
		if (*text++ != ';')
			return false;
	}
	return false;
}

/* A key kept elsewhere (PKCS #11) has no mode. */
static bool is_private(const char *path)
{
	struct stat is;

	return stat(path, &is) != 0 || (is.st_mode & 077) == 0;
}

bool http_tls_take(struct http_tls *tls, const struct api_setup *setup,
		   struct err *err)
{
	if (setup->pins && *setup->pins && !are_pins(setup->pins))
		return err_set(err, ERR_INVALID, _("« %s » n'est pas une empreinte : "
			"écrivez sha256//…=, ou deux séparées par « ; »"),
			setup->pins);
	if (setup->key_file && !is_private(setup->key_file))
		return err_set(err, ERR_INVALID, _("« %s » est lisible par d'autres : "
			"chmod 600"), setup->key_file);
	tls->ca_file = copy_or_null(setup->ca_file);
	tls->crl_file = copy_or_null(setup->crl_file);
	tls->cert_file = copy_or_null(setup->cert_file);
	tls->key_file = copy_or_null(setup->key_file);
	tls->pins = copy_or_null(setup->pins);
	return true;
}

void http_tls_free(struct http_tls *tls)
{
	free(tls->ca_file);
	free(tls->crl_file);
	free(tls->cert_file);
	free(tls->key_file);
	free(tls->pins);
}

static void set_file(CURL *easy, CURLoption option, const char *file)
{
	if (file)
		http_set_text(easy, option, file);
}

void http_tls_set(const struct http_tls *tls, CURL *easy)
{
	http_curl()->easy_setopt(easy, CURLOPT_SSLVERSION,
				 (long)CURL_SSLVERSION_TLSv1_2);
	http_set_text(easy, CURLOPT_SSL_CIPHER_LIST, CIPHERS_1_2);
	http_curl()->easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	http_curl()->easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	http_curl()->easy_setopt(easy, CURLOPT_CAPATH, NULL);
	/* No file given means no authority at all, not the system's. */
	http_set_text(easy, CURLOPT_CAINFO,
		      tls->ca_file ? tls->ca_file : "/dev/null");
	set_file(easy, CURLOPT_CRLFILE, tls->crl_file);
	set_file(easy, CURLOPT_SSLCERT, tls->cert_file);
	set_file(easy, CURLOPT_SSLKEY, tls->key_file);
	set_file(easy, CURLOPT_PINNEDPUBLICKEY, tls->pins);
}

static enum http_result of_certificate(CURL *easy)
{
	long verified = 0;

	http_curl()->easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &verified);
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++)
		if (refusals[i].code == verified)
			return refusals[i].result;
	return HTTP_UNTRUSTED;
}

enum http_result http_tls_result(CURL *easy, CURLcode code, const char *detail)
{
	for (size_t i = 0; i < sizeof(alerts) / sizeof(*alerts); i++)
		if (strstr(detail, alerts[i]))
			return HTTP_NO_STATION;
	switch (code) {
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_ISSUER_ERROR:
		return of_certificate(easy);
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
		return HTTP_OTHER_KEY;
	case CURLE_SSL_CERTPROBLEM:
		return HTTP_NO_STATION;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CIPHER:
		return HTTP_NO_TLS;
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CRL_BADFILE:
		return HTTP_NO_AUTHORITY;
	default:
		return HTTP_CUT;
	}
}
