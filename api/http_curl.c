/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http_curl.h"

#include <guichet/base/log.h>
#include <guichet/base/mem.h>

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The interface that libcurl has kept since 7.16. */
#define CURL_SONAME "libcurl.so.4"

/* What it takes to load it, more or less. */
#define LOADING (256u << 10)

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

/* Why it was not loaded is not told: what is short of memory ends here. */
static void *load(void)
{
	void *handle = dlopen(CURL_SONAME, RTLD_NOW | RTLD_LOCAL);

	if (handle)
		return handle;
	mem_give();
	free(mem_new(LOADING, 1));
	return dlopen(CURL_SONAME, RTLD_NOW | RTLD_LOCAL);
}

const struct http_curl *http_curl(void)
{
	/* A process has one libcurl, and the client one thread. */
	static struct http_curl lib;
	static bool loaded;
	void *handle;

	if (loaded)
		return &lib;
	handle = load();
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

void http_set_text(CURL *easy, CURLoption option, const char *text)
{
	bool given = false;

	while (http_curl()->easy_setopt(easy, option, text) == CURLE_OUT_OF_MEMORY)
		mem_again(&given);
}
