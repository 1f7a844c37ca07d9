/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GUICHET_BACKEND_HANDLERS_SESSION_H
#define GUICHET_BACKEND_HANDLERS_SESSION_H

#include "req.h"

/* Open a session for the agent of `req`, who is proved, at the office, desk and
 * channel of `login`; the answer holds its token. */
bool session_answer(struct req *req, const struct login *login, struct rows *out,
		    struct err *err);

#endif
