/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libcurl, loaded when it is first needed: with TLS and thirty libraries behind
 * it, it takes longer than all that the first screen shows. */
#ifndef GUICHET_API_HTTP_CURL_H
#define GUICHET_API_HTTP_CURL_H

#include <curl/curl.h>

/* The functions of libcurl that http.c calls, by their own types. */
struct http_curl {
	__typeof__(curl_global_init) *global_init;
	__typeof__(curl_global_cleanup) *global_cleanup;
	__typeof__(curl_easy_init) *easy_init;
	__typeof__(curl_easy_setopt) *easy_setopt;
	__typeof__(curl_easy_getinfo) *easy_getinfo;
	__typeof__(curl_easy_cleanup) *easy_cleanup;
	__typeof__(curl_multi_init) *multi_init;
	__typeof__(curl_multi_add_handle) *multi_add_handle;
	__typeof__(curl_multi_remove_handle) *multi_remove_handle;
	__typeof__(curl_multi_perform) *multi_perform;
	__typeof__(curl_multi_poll) *multi_poll;
	__typeof__(curl_multi_info_read) *multi_info_read;
	__typeof__(curl_multi_cleanup) *multi_cleanup;
	__typeof__(curl_slist_append) *slist_append;
	__typeof__(curl_slist_free_all) *slist_free_all;
};

/* The library; the first call loads it and ends the program when it is not
 * installed, since nothing can be done without it. */
const struct http_curl *http_curl(void);

/* Set an option that libcurl copies.  One that is not set would be more than a
 * failed call: the system's authorities, or no pin. */
void http_set_text(CURL *easy, CURLoption option, const char *text);

#endif
