/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http.h"

#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool refuse(struct err *err, const char *text, const char *why)
{
	return err_field(err, ERR_INVALID, "server",
			 _("adresse du serveur « %s » refusée : %s"), text, why);
}

/* Return the bytes of a host: a name, an IPv4 or an [IPv6] address. */
static size_t host_size(const char *host)
{
	size_t size;

	if (*host != '[')
		return strspn(host, "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
	size = 1 + strspn(host + 1, "0123456789abcdefABCDEF:.");
	return host[size] == ']' ? size + 1 : 0;
}

/* This machine, and no name that something else could answer for. */
static bool is_loopback(const char *host, size_t size)
{
	static const char *const names[] = { "127.0.0.1", "[::1]", "localhost" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strlen(names[i]) == size && memcmp(names[i], host, size) == 0)
			return true;
	return false;
}

/* Tell whether what follows the host is nothing, a port, and perhaps "/". */
static bool is_port(const char *text)
{
	if (*text == ':') {
		char *end;
		unsigned long port;

		if (text[1] < '1' || text[1] > '9')
			return false;
		port = strtoul(text + 1, &end, 10);
		if (port > 65535)
			return false;
		text = end;
	}
	return strcmp(text, "") == 0 || strcmp(text, "/") == 0;
}

bool http_address_parse(const char *text, struct http_address *address,
			struct err *err)
{
	bool secure = strncmp(text, "https://", 8) == 0;
	const char *host = text + (secure ? 8 : 7);
	size_t size;

	*address = (struct http_address){ 0 };
	if (strncmp(text, "unix:", 5) == 0) {
		if (text[5] != '/' || !text_copy(address->socket,
						 sizeof(address->socket), text + 5))
			return refuse(err, text, _("chemin absolu attendu"));
		return text_copy(address->base, sizeof(address->base),
				 "http://localhost");
	}
	if (!secure && strncmp(text, "http://", 7) != 0)
		return refuse(err, text, _("https:// attendu"));
	size = host_size(host);
	if (size == 0 || !is_port(host + size))
		return refuse(err, text, _("nom de machine et port attendus"));
	if (!secure && !is_loopback(host, size))
		return refuse(err, text,
			      _("http n'est accepté que sur cette machine"));
	if (!text_copy(address->base, sizeof(address->base), text))
		return refuse(err, text, _("trop longue"));
	size = strlen(address->base);
	if (address->base[size - 1] == '/')
		address->base[size - 1] = '\0';
	return true;
}
