/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route.h"

#include <guichet/base/mem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int method_of(const char *method)
{
	if (strcmp(method, "HEAD") == 0)
		return API_GET;
	for (int i = 0; i < API_METHOD_N; i++)
		if (strcmp(method, api_method_names[i]) == 0)
			return i;
	return -1;
}

static bool matches(const struct api_op *op, const char *path, void **key)
{
	void *value = NULL;

	/* Most templates fall here, without memory. */
	if (strncmp(op->path, path, strcspn(op->path, "{")) != 0)
		return false;
	if (op->query) {
		value = mem_new(1, op->query->size);
		codec_clear(op->query, value);
	}
	if (api_path_match(op, path, value)) {
		*key = value;
		return true;
	}
	free(value);
	return false;
}

void route_find(const struct route *table, const char *path, const char *method,
		struct route_found *found)
{
	int wanted = method_of(method);

	memset(found, 0, sizeof(*found));
	for (; table->op; table++) {
		void *key = NULL;

		if (!matches(table->op, path, &key))
			continue;
		found->allowed |= 1u << table->op->method;
		if ((int)table->op->method == wanted) {
			found->route = table;
			found->key = key;
			return;
		}
		free(key);
	}
}

void route_allow(unsigned allowed, char *out, size_t out_size)
{
	size_t at = 0;

	out[0] = '\0';
	for (int i = 0; i < API_METHOD_N; i++) {
		if (!(allowed & 1u << i) || at >= out_size)
			continue;
		at += (size_t)snprintf(out + at, out_size - at, "%s%s%s",
				       at ? ", " : "", api_method_names[i],
				       i == API_GET ? ", HEAD" : "");
	}
}
