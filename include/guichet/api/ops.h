/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every resource of the contract. */
#ifndef GUICHET_API_OPS_H
#define GUICHET_API_OPS_H

#include <guichet/api/access.h>
#include <guichet/api/appointment.h>
#include <guichet/api/card.h>
#include <guichet/api/contact.h>
#include <guichet/api/federation.h>
#include <guichet/api/insured.h>
#include <guichet/api/payment.h>
#include <guichet/api/request.h>
#include <guichet/api/session.h>

#endif
