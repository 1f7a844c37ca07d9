/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "oidc/config.h"

#include <guichet/base/buf.h>
#include <guichet/base/intl.h>
#include <guichet/base/mem.h>
#include <guichet/base/option.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_MOST (256u << 10)

#define OPT_STRUCT struct oidc_config
static const struct option_def options[] = {
	{ .name = "issuer", OPT_TEXT(issuer), .def = "" },
	{ .name = "client-id", OPT_TEXT(client_id), .def = "" },
	{ .name = "secret-file", OPT_TEXT(secret_file), .def = "" },
	{ .name = "ca-file", OPT_TEXT(ca_file), .def = "" },
	{ .name = "scope", OPT_TEXT(scope), .def = "openid profile" },
	{ .name = "claim", OPT_TEXT(claim), .def = "preferred_username" },
	{ .name = "name", OPT_TEXT(name), .def = "votre organisme" },
	{ 0 },
};
#define OPTIONS (sizeof(options) / sizeof(*options))

static bool is_local(const char *url)
{
	static const char *const starts[] = {
		"http://127.0.0.1", "http://[::1]", "http://localhost", NULL,
	};

	for (size_t i = 0; starts[i]; i++) {
		size_t size = strlen(starts[i]);

		if (strncmp(url, starts[i], size) == 0 &&
		    (url[size] == ':' || url[size] == '/' || url[size] == '\0'))
			return true;
	}
	return false;
}

bool oidc_address_ok(const struct oidc_config *config, const char *url)
{
	for (const char *at = url; *at; at++)
		if (*at <= ' ' || *at >= 0x7F || *at == '@')
			return false;
	return (strncmp(url, "https://", 8) == 0 && url[8] != '\0') ||
		(is_local(config->issuer) && is_local(url));
}

static bool read_file(const char *path, struct buf *out, struct err *err)
{
	char chunk[4096];
	FILE *file = fopen(path, "re");
	bool ok = file != NULL;
	size_t n;

	while (ok && (n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		ok = buf_add(out, chunk, n);
	ok = ok && !ferror(file);
	explicit_bzero(chunk, sizeof(chunk));
	if (file)
		fclose(file);
	return ok || err_set(err, ERR_SYSTEM, _("« %s » illisible"), path);
}

static bool read_secret(struct oidc_config *config, struct err *err)
{
	struct buf text;
	bool ok;

	if (config->secret_file[0] == '\0')
		return true;
	buf_init(&text, sizeof(config->secret));
	ok = read_file(config->secret_file, &text, err);
	if (ok) {
		text_copy(config->secret, sizeof(config->secret), buf_cstr(&text));
		config->secret[strcspn(config->secret, "\r\n")] = '\0';
		ok = config->secret[0] || err_set(err, ERR_INVALID,
			_("« %s » est vide"), config->secret_file);
	}
	if (text.data)
		explicit_bzero(text.data, text.size);
	buf_fini(&text);
	return ok;
}

static bool read_authority(struct oidc_config *config, struct err *err)
{
	struct buf text;
	bool ok;

	if (is_local(config->issuer))
		return true;
	if (config->ca_file[0] == '\0')
		return err_set(err, ERR_INVALID, _("« ca-file » manque : l'autorité "
			"qui a signé le certificat du fournisseur"));
	buf_init(&text, FILE_MOST);
	ok = read_file(config->ca_file, &text, err);
	if (ok)
		config->ca = mem_text(buf_cstr(&text));
	buf_fini(&text);
	return ok;
}

static bool check(const struct oidc_config *config, struct err *err)
{
	if (config->issuer[0] == '\0' || config->client_id[0] == '\0')
		return err_set(err, ERR_INVALID,
			       _("« issuer » et « client-id » sont nécessaires"));
	if (!oidc_address_ok(config, config->issuer))
		return err_set(err, ERR_INVALID,
			       _("« issuer » doit être une adresse https"));
	if (!strstr(config->scope, "openid"))
		return err_set(err, ERR_INVALID, _("« scope » doit avoir openid"));
	return true;
}

bool oidc_config_load(struct oidc_config *config, const char *path,
		      struct err *err)
{
	struct option_state *states = mem_new(OPTIONS, sizeof(*states));
	bool ok;

	memset(config, 0, sizeof(*config));
	option_defaults(options, config, states);
	ok = access(path, R_OK) == 0 ?
		option_read_file(options, config, states, path, err) :
		err_set(err, ERR_SYSTEM, _("« %s » illisible"), path);
	free(states);
	ok = ok && check(config, err) && read_secret(config, err) &&
		read_authority(config, err);
	if (ok)
		return true;
	err_wrap(err, "%s", path);
	oidc_config_fini(config);
	return false;
}

void oidc_config_fini(struct oidc_config *config)
{
	free(config->ca);
	explicit_bzero(config, sizeof(*config));
}
