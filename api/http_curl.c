/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http_curl.h"

#include <guichet/base/log.h>

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The interface that libcurl has kept since 7.16. */
#define CURL_SONAME "libcurl.so.4"

static const struct {
	const char *name;
	size_t offset;
} functions[] = {
	{ "curl_global_init", offsetof(struct http_curl, global_init) },
	{ "curl_global_cleanup", offsetof(struct http_curl, global_cleanup) },
	{ "curl_easy_init", offsetof(struct http_curl, easy_init) },
	{ "curl_easy_setopt", offsetof(struct http_curl, easy_setopt) },
	{ "curl_easy_getinfo", offsetof(struct http_curl, easy_getinfo) },
	{ "curl_easy_cleanup", offsetof(struct http_curl, easy_cleanup) },
	{ "curl_multi_init", offsetof(struct http_curl, multi_init) },
	{ "curl_multi_add_handle", offsetof(struct http_curl, multi_add_handle) },
	{ "curl_multi_remove_handle",
	  offsetof(struct http_curl, multi_remove_handle) },
	{ "curl_multi_perform", offsetof(struct http_curl, multi_perform) },
	{ "curl_multi_poll", offsetof(struct http_curl, multi_poll) },
	{ "curl_multi_info_read", offsetof(struct http_curl, multi_info_read) },
	{ "curl_multi_cleanup", offsetof(struct http_curl, multi_cleanup) },
	{ "curl_slist_append", offsetof(struct http_curl, slist_append) },
	{ "curl_slist_free_all", offsetof(struct http_curl, slist_free_all) },
	{ NULL, 0 },
};
_Static_assert(sizeof(functions) / sizeof(*functions) - 1 ==
	       sizeof(struct http_curl) / sizeof(void (*)(void)),
	       "each function has its row");

const struct http_curl *http_curl(void)
{
	/* A process has one libcurl, and the client one thread. */
	static struct http_curl lib;
	static bool loaded;
	void *handle;

	if (loaded)
		return &lib;
	handle = dlopen(CURL_SONAME, RTLD_NOW | RTLD_LOCAL);
	for (int i = 0; functions[i].name; i++) {
		void *at = handle ? dlsym(handle, functions[i].name) : NULL;

		if (!at) {
			log_event(LOG_ERROR, "curl.missing", "library",
				  CURL_SONAME, NULL);
			abort();
		}
		memcpy((char *)&lib + functions[i].offset, &at, sizeof(at));
	}
	loaded = true;
	return &lib;
}
