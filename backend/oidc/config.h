/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The identity provider, as the operator describes it in a file. */
#ifndef GUICHET_BACKEND_OIDC_CONFIG_H
#define GUICHET_BACKEND_OIDC_CONFIG_H

#include <guichet/api/common.h>
#include <guichet/base/err.h>

struct oidc_config {
	char issuer[256];               /* https://..., or http:// on this machine */
	char client_id[128];
	char secret_file[512];          /* "" : a public client */
	char ca_file[512];              /* PEM; needed with https */
	char scope[128];
	char claim[64];                 /* of the ID token, that is the login here */
	char name[LABEL_SIZE];          /* what agents call it */
	char secret[256];               /* read from secret_file */
	char *ca;                       /* read from ca_file, or NULL */
};

/* Read the file at `path` and those it names.  Errors: ERR_INVALID, ERR_SYSTEM. */
bool oidc_config_load(struct oidc_config *config, const char *path,
		      struct err *err);

/* Wipe and free. */
void oidc_config_fini(struct oidc_config *config);

/* Whether an address may be asked: https, or http on this machine when the issuer
 * itself is there. */
bool oidc_address_ok(const struct oidc_config *config, const char *url);

#endif
