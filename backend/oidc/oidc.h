/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sign-ins through the identity provider, each from its code to its session.  The
 * provider is asked on threads of its own: it may be slow, nobody else waits. */
#ifndef GUICHET_BACKEND_OIDC_H
#define GUICHET_BACKEND_OIDC_H

#include "exchange.h"
#include "oidc/config.h"

#include <guichet/api/federation.h>

struct oidc;

/* What the provider's thread found, for the handler on the writer's. */
struct oidc_answer {
	struct err refused;             /* code ERR_NONE: nothing was refused */
	struct federation federation;   /* federation.start */
	char login[64];                 /* federation.poll: whose session it is */
	struct federation_new where;
};

/* Start the threads; `config` must stay. */
struct oidc *oidc_start(struct server *server, const struct oidc_config *config,
			struct err *err);
void oidc_stop(struct oidc *oidc);

/* Give an exchange to the threads; false when too many wait already. */
bool oidc_submit(struct oidc *oidc, struct exchange *ex);

#endif
