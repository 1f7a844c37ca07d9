/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "oidc/fetch.h"

#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#define CONNECT_S 3
#define WHOLE_S 10

struct fetch {
	const struct oidc_config *config;
	CURL *easy;
};

struct fetch *fetch_new(const struct oidc_config *config)
{
	struct fetch *fetch = mem_new(1, sizeof(*fetch));
	bool given = false;

	fetch->config = config;
	while (!(fetch->easy = curl_easy_init()))
		mem_again(&given);
	return fetch;
}

void fetch_free(struct fetch *fetch)
{
	if (!fetch)
		return;
	curl_easy_cleanup(fetch->easy);
	free(fetch);
}

static size_t on_body(char *data, size_t size, size_t count, void *out)
{
	return buf_add(out, data, size * count) ? size * count : 0;
}

/* What libcurl copies: not set, it would be the authorities of the system. */
static void set_copied(CURL *easy, CURLoption option, const void *value)
{
	bool given = false;

	while (curl_easy_setopt(easy, option, value) == CURLE_OUT_OF_MEMORY)
		mem_again(&given);
}

/* As any call of the house: see api/http.c. */
static void set_manners(const struct fetch *fetch)
{
	const struct oidc_config *config = fetch->config;
	struct curl_blob blob = { .data = config->ca, .flags = CURL_BLOB_COPY };
	CURL *easy = fetch->easy;

	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	set_copied(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	set_copied(easy, CURLOPT_PROTOCOLS_STR, config->ca ? "https" : "http,https");
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	/* The authority that was named, and not those of the system. */
	curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	set_copied(easy, CURLOPT_CAINFO, "/dev/null");
	if (config->ca) {
		blob.len = strlen(config->ca);
		set_copied(easy, CURLOPT_CAINFO_BLOB, &blob);
	}
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)WHOLE_S);
	set_copied(easy, CURLOPT_USERAGENT, "guichetd");
}

static void add_escaped(const struct fetch *fetch, struct buf *out, const char *text)
{
	bool given = false;
	char *escaped;

	while (!(escaped = curl_easy_escape(fetch->easy, text, (int)strlen(text))))
		mem_again(&given);
	buf_text(out, escaped);
	explicit_bzero(escaped, strlen(escaped));
	curl_free(escaped);
}

static void add_pair(const struct fetch *fetch, struct buf *out, const char *name,
		     const char *value)
{
	buf_printf(out, "%s%s=", out->size ? "&" : "", name);
	add_escaped(fetch, out, value);
}

/* RFC 6749 section 2.3.1: name and secret, both escaped, in Authorization; a
 * public client says its name in the form. */
static void set_form(const struct fetch *fetch, const struct fetch_pair *form,
		     struct buf *body, struct buf *secret)
{
	const struct oidc_config *config = fetch->config;

	for (; form->name; form++)
		add_pair(fetch, body, form->name, form->value);
	add_pair(fetch, body, "client_id", config->client_id);
	curl_easy_setopt(fetch->easy, CURLOPT_POSTFIELDS, buf_cstr(body));
	if (config->secret[0] == '\0')
		return;
	add_escaped(fetch, secret, config->client_id);
	buf_text(secret, ":");
	add_escaped(fetch, secret, config->secret);
	curl_easy_setopt(fetch->easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
	set_copied(fetch->easy, CURLOPT_USERPWD, buf_cstr(secret));
}

static void wipe(struct buf *buf)
{
	if (buf->data)
		explicit_bzero(buf->data, buf->size);
	buf_fini(buf);
}

bool fetch_run(struct fetch *fetch, const char *url, const struct fetch_pair *form,
	       struct buf *out, long *status, struct err *err)
{
	struct buf body, secret;
	CURLcode result;

	*status = 0;
	buf_init(&body, 16 << 10);
	buf_init(&secret, 4 << 10);
	curl_easy_reset(fetch->easy);
	set_manners(fetch);
	set_copied(fetch->easy, CURLOPT_URL, url);
	curl_easy_setopt(fetch->easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(fetch->easy, CURLOPT_WRITEDATA, out);
	if (form)
		set_form(fetch, form, &body, &secret);
	result = curl_easy_perform(fetch->easy);
	curl_easy_getinfo(fetch->easy, CURLINFO_RESPONSE_CODE, status);
	wipe(&body);
	wipe(&secret);
	return (result == CURLE_OK && *status > 0) ||
		err_set(err, ERR_NETWORK, "%s", curl_easy_strerror(result));
}
