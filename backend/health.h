/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /healthz and /readyz: for whoever watches the daemon; no sign-in. */
#ifndef GUICHET_BACKEND_HEALTH_H
#define GUICHET_BACKEND_HEALTH_H

#include "server.h"

/* Answer when the path is one of them; false for any other. */
bool health_answer(struct exchange *ex, const char *method);

#endif
