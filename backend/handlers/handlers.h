/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The handlers of the contract; see req.h for what they get and give. */
#ifndef GUICHET_BACKEND_HANDLERS_H
#define GUICHET_BACKEND_HANDLERS_H

#include "../req.h"

/* Sessions. */
bool session_create(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err);
bool session_get(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err);
bool session_delete(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err);
bool session_unlock(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err);
bool federation_start(struct req *req, const void *key, const void *body,
		      struct rows *out, struct err *err);
bool federation_poll(struct req *req, const void *key, const void *body,
		     struct rows *out, struct err *err);

/* People. */
bool insured_search(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err);
bool insured_get(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err);
bool beneficiary_list(struct req *req, const void *key, const void *body,
		      struct rows *out, struct err *err);
bool right_list(struct req *req, const void *key, const void *body,
		struct rows *out, struct err *err);
bool payment_list(struct req *req, const void *key, const void *body,
		  struct rows *out, struct err *err);
bool payment_get(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err);
bool contact_create(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err);
bool contact_get(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err);
bool contact_update(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err);
bool contact_close(struct req *req, const void *key, const void *body,
		   struct rows *out, struct err *err);
bool contact_prove(struct req *req, const void *key, const void *body,
		   struct rows *out, struct err *err);

/* Offices, slots, appointments. */
bool office_list(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err);
bool reason_list(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err);
bool slot_list(struct req *req, const void *key, const void *body,
	       struct rows *out, struct err *err);
bool hold_create(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err);
bool hold_delete(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err);
bool appointment_create(struct req *req, const void *key, const void *body,
			struct rows *out, struct err *err);
bool appointment_get(struct req *req, const void *key, const void *body,
		     struct rows *out, struct err *err);
bool appointment_list(struct req *req, const void *key, const void *body,
		      struct rows *out, struct err *err);
bool appointment_update(struct req *req, const void *key, const void *body,
			struct rows *out, struct err *err);
bool appointment_paper(struct req *req, const void *key, const void *body,
		       struct rows *out, struct err *err);

/* Cards and requests. */
bool card_list(struct req *req, const void *key, const void *body,
	       struct rows *out, struct err *err);
bool ehic_create(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err);
bool ehic_report_loss(struct req *req, const void *key, const void *body,
		      struct rows *out, struct err *err);
bool vitale_create(struct req *req, const void *key, const void *body,
		   struct rows *out, struct err *err);
bool vitale_report_loss(struct req *req, const void *key, const void *body,
			struct rows *out, struct err *err);
bool certificate_paper(struct req *req, const void *key, const void *body,
		       struct rows *out, struct err *err);
bool request_list(struct req *req, const void *key, const void *body,
		  struct rows *out, struct err *err);
bool request_get(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err);
bool request_follow(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err);
bool attachment_put(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err);
bool request_paper(struct req *req, const void *key, const void *body,
		   struct rows *out, struct err *err);

/* Access, and who looks at it. */
bool break_glass_create(struct req *req, const void *key, const void *body,
			struct rows *out, struct err *err);
bool grant_create(struct req *req, const void *key, const void *body,
		  struct rows *out, struct err *err);
bool review_list(struct req *req, const void *key, const void *body,
		 struct rows *out, struct err *err);
bool review_decide(struct req *req, const void *key, const void *body,
		   struct rows *out, struct err *err);
bool insured_reveal(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err);
bool journal_list(struct req *req, const void *key, const void *body,
		  struct rows *out, struct err *err);

#endif
