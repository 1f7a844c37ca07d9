/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the server has to be, and who this station is.  Nothing here can be turned
 * off: no exchange goes to a server that was not recognised. */
#ifndef GUICHET_API_HTTP_TLS_H
#define GUICHET_API_HTTP_TLS_H

#include "http.h"
#include "http_curl.h"

struct http_tls {
	char *ca_file, *crl_file, *cert_file, *key_file, *pins;
};

/* Copy what `setup` says.  Errors: ERR_INVALID for pins that are none, or for a
 * private key that others than its owner may read. */
bool http_tls_take(struct http_tls *tls, const struct api_setup *setup,
		   struct err *err);
void http_tls_free(struct http_tls *tls);

void http_tls_set(const struct http_tls *tls, CURL *easy);

/* What a failure of TLS means; `detail` is the text libcurl gave it.  HTTP_CUT
 * when it is none. */
enum http_result http_tls_result(CURL *easy, CURLcode code, const char *detail);

#endif
