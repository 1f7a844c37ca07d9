/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listen.h"

#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 1024

static const char *unix_path(const char *where)
{
	static const char scheme[] = "unix:";

	return strncmp(where, scheme, sizeof(scheme) - 1) == 0 ?
		where + sizeof(scheme) - 1 : NULL;
}

static int refuse(int fd, struct err *err, enum err_code code, const char *where)
{
	if (fd >= 0)
		close(fd);
	err_set(err, code, code == ERR_CONFLICT ?
		_("« %s » : un autre programme y répond déjà") :
		_("« %s » : impossible d'écouter à cette adresse"), where);
	return -1;
}

/* A file left by a daemon that was killed is removed; a live one is not. */
static bool is_live(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool live = fd >= 0 && connect(fd, (const struct sockaddr *)address,
				       sizeof(*address)) == 0;

	if (fd >= 0)
		close(fd);
	return live;
}

static int open_unix(const char *path, const char *where, struct err *err)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct stat was;
	mode_t mask;
	int fd, bound;

	if (!text_copy(address.sun_path, sizeof(address.sun_path), path)) {
		err_set(err, ERR_INVALID, _("« %s » : chemin trop long"), where);
		return -1;
	}
	if (is_live(&address))
		return refuse(-1, err, ERR_CONFLICT, where);
	if (lstat(path, &was) == 0 && S_ISSOCK(was.st_mode))
		unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return refuse(fd, err, ERR_SYSTEM, where);
	mask = umask(0177);
	bound = bind(fd, (const struct sockaddr *)&address, sizeof(address));
	umask(mask);
	if (bound != 0 || listen(fd, BACKLOG) != 0)
		return refuse(fd, err, ERR_SYSTEM, where);
	return fd;
}

static bool is_loopback(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return ntohl(((const struct sockaddr_in *)(const void *)address)
			     ->sin_addr.s_addr) >> 24 == 127;
	if (address->sa_family == AF_INET6)
		return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)
			(const void *)address)->sin6_addr);
	return false;
}

static int open_address(const struct addrinfo *found, const char *where,
			struct err *err)
{
	int yes = 1;
	int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
			0);

	if (fd < 0)
		return refuse(fd, err, ERR_SYSTEM, where);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, found->ai_addr, found->ai_addrlen) != 0)
		return refuse(fd, err, errno == EADDRINUSE ? ERR_CONFLICT :
			      ERR_SYSTEM, where);
	if (listen(fd, BACKLOG) != 0)
		return refuse(fd, err, ERR_SYSTEM, where);
	return fd;
}

static bool split(const char *where, char *host, size_t size, const char **port)
{
	const char *colon = strrchr(where, ':');
	size_t length = colon ? (size_t)(colon - where) : 0;

	if (length >= 2 && where[0] == '[' && where[length - 1] == ']') {
		where++;
		length -= 2;
	}
	if (length == 0 || length >= size)
		return false;
	memcpy(host, where, length);
	host[length] = '\0';
	*port = colon + 1;
	return true;
}

/* getaddrinfo() takes 99999 for 34463. */
static bool is_port(const char *text)
{
	size_t size = strspn(text, "0123456789");

	return size > 0 && size < 6 && text[size] == '\0' &&
		strtol(text, NULL, 10) <= 65535;
}

int listen_open(const char *where, bool tls, struct err *err)
{
	const struct addrinfo hints = {
		.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM,
	};
	const char *path = unix_path(where), *port;
	struct addrinfo *found = NULL;
	char host[256];
	int fd = -1;

	if (path)
		return open_unix(path, where, err);
	if (!split(where, host, sizeof(host), &port) || !is_port(port) ||
	    getaddrinfo(host, port, &hints, &found) != 0) {
		err_set(err, ERR_INVALID, _("« %s » n'est pas une adresse : écrivez "
			"unix:CHEMIN ou HÔTE:PORT"), where);
		return -1;
	}
	if (!tls && !is_loopback(found->ai_addr))
		err_set(err, ERR_INVALID, _("« %s » : sans TLS, seules une adresse de "
			"la machine elle-même ou unix:CHEMIN sont acceptées"), where);
	else
		fd = open_address(found, where, err);
	freeaddrinfo(found);
	return fd;
}

void listen_forget(const char *where)
{
	const char *path = unix_path(where);

	if (path)
		unlink(path);
}
