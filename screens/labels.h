/* SPDX-License-Identifier: GPL-3.0-or-later */
/* French words for the values of the contract, by value, ended by NULL. */
#ifndef GUICHET_SCREENS_LABELS_H
#define GUICHET_SCREENS_LABELS_H

#include <guichet/api/ops.h>

extern const char *const label_channel[CHANNEL_N + 1];
extern const char *const label_contact_reason[CONTACT_REASON_N + 1];
extern const char *const label_outcome[OUTCOME_N + 1];
extern const char *const label_document[DOCUMENT_N + 1];
extern const char *const label_understood[UNDERSTOOD_N + 1];
extern const char *const label_kinship[KIN_N + 1];
extern const char *const label_right_kind[RIGHT_KIND_N + 1];
extern const char *const label_payment_kind[PAYMENT_KIND_N + 1];
extern const char *const label_payment_state[PAYMENT_STATE_N + 1];
extern const char *const label_payee[PAYEE_N + 1];
extern const char *const label_appointment_state[APPOINTMENT_STATE_N + 1];
extern const char *const label_card_kind[CARD_KIND_N + 1];
extern const char *const label_card_state[CARD_STATE_N + 1];
extern const char *const label_request_kind[REQUEST_KIND_N + 1];
extern const char *const label_request_state[REQUEST_STATE_N + 1];
extern const char *const label_c2s[C2S_N + 1];

/* "MARTIN Éléonore née DUPONT", "MARTIN Jean": how a person is named. */
void label_person(char *out, size_t out_size, const char *name,
		  const char *used_name, const char *first_names, int sex);

#endif
