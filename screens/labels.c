/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "labels.h"

#include <guichet/base/intl.h>
#include <guichet/base/text.h>
#include <stdio.h>

const char *const label_channel[CHANNEL_N + 1] = {
	[CHANNEL_COUNTER] = N_("accueil"),
	[CHANNEL_PHONE] = N_("téléphone"),
	[CHANNEL_MAIL] = N_("courrier ou courriel"),
	[CHANNEL_VIDEO] = N_("visio"),
	[CHANNEL_ONLINE] = N_("compte ameli"),
};

const char *const label_contact_reason[CONTACT_REASON_N + 1] = {
	[CONTACT_PAYMENTS] = N_("paiements"),
	[CONTACT_RIGHTS] = N_("droits"),
	[CONTACT_FAMILY] = N_("famille"),
	[CONTACT_EHIC] = N_("CEAM"),
	[CONTACT_VITALE] = N_("carte Vitale"),
	[CONTACT_APPOINTMENT] = N_("rendez-vous"),
	[CONTACT_REQUEST] = N_("suivi d'une demande"),
	[CONTACT_CERTIFICATE] = N_("attestation"),
	[CONTACT_DETAILS] = N_("coordonnées"),
	[CONTACT_STOPPAGE] = N_("arrêt de travail"),
	[CONTACT_OTHER] = N_("autre"),
};

const char *const label_outcome[OUTCOME_N + 1] = {
	[OUTCOME_ANSWERED] = N_("réponse donnée"),
	[OUTCOME_LODGED] = N_("demande déposée"),
	[OUTCOME_BOOKED] = N_("rendez-vous pris"),
	[OUTCOME_ORIENTED] = N_("orienté vers un autre canal"),
	[OUTCOME_FORWARDED] = N_("transmis à un service"),
	[OUTCOME_ABANDONED] = N_("abandonné"),
	[OUTCOME_REFUSED_PROOF] = N_("identité non établie"),
};

const char *const label_document[DOCUMENT_N + 1] = {
	[DOCUMENT_ID_CARD] = N_("carte nationale d'identité"),
	[DOCUMENT_PASSPORT] = N_("passeport"),
	[DOCUMENT_RESIDENCE] = N_("titre de séjour"),
	[DOCUMENT_LICENCE] = N_("permis de conduire"),
	[DOCUMENT_VITALE_PHOTO] = N_("carte Vitale avec photo"),
};

const char *const label_understood[UNDERSTOOD_N + 1] = {
	[UNDERSTOOD_NIR] = N_("un NIR"),
	[UNDERSTOOD_NAME] = N_("un nom"),
	[UNDERSTOOD_NAME_BIRTH] = N_("un nom et une naissance"),
	[UNDERSTOOD_BIRTH] = N_("une date de naissance"),
	[UNDERSTOOD_PHONE] = N_("un téléphone"),
	[UNDERSTOOD_EMAIL] = N_("une adresse électronique"),
	[UNDERSTOOD_REQUEST] = N_("un numéro de demande"),
	[UNDERSTOOD_APPOINTMENT] = N_("un numéro de rendez-vous"),
};

const char *const label_kinship[KIN_N + 1] = {
	[KIN_INSURED] = N_("assuré"),
	[KIN_SPOUSE] = N_("conjoint"),
	[KIN_CHILD] = N_("enfant"),
	[KIN_OTHER] = N_("autre ayant droit"),
};

const char *const label_right_kind[RIGHT_KIND_N + 1] = {
	[RIGHT_BASE] = N_("Droits de base"),
	[RIGHT_EXEMPTION] = N_("Exonération"),
	[RIGHT_DOCTOR] = N_("Médecin traitant"),
	[RIGHT_COMPLEMENTARY] = N_("Complémentaire"),
	[RIGHT_C2S] = N_("C2S"),
};

const char *const label_payment_kind[PAYMENT_KIND_N + 1] = {
	[PAYMENT_CARE] = N_("Remboursement de soins"),
	[PAYMENT_THIRD_PARTY] = N_("Paiement à un tiers"),
	[PAYMENT_DAILY_ALLOWANCE] = N_("Indemnités journalières"),
	[PAYMENT_INVALIDITY] = N_("Pension d'invalidité"),
	[PAYMENT_ANNUITY] = N_("Rente"),
	[PAYMENT_DEATH] = N_("Capital décès"),
	[PAYMENT_OTHER] = N_("Autre"),
};

const char *const label_payment_state[PAYMENT_STATE_N + 1] = {
	[PAYMENT_PAID] = N_("payé"),
	[PAYMENT_WAITING] = N_("en attente"),
	[PAYMENT_REJECTED] = N_("rejeté"),
	[PAYMENT_CANCELLED] = N_("annulé"),
};

const char *const label_payee[PAYEE_N + 1] = {
	[PAYEE_INSURED] = N_("Assuré"),
	[PAYEE_PROFESSIONAL] = N_("Professionnel"),
	[PAYEE_ESTABLISHMENT] = N_("Établissement"),
	[PAYEE_EMPLOYER] = N_("Employeur"),
	[PAYEE_ORGANISM] = N_("Organisme"),
};

const char *const label_appointment_state[APPOINTMENT_STATE_N + 1] = {
	[APPOINTMENT_BOOKED] = N_("attendu"),
	[APPOINTMENT_ARRIVED] = N_("arrivé"),
	[APPOINTMENT_IN_PROGRESS] = N_("en cours"),
	[APPOINTMENT_DONE] = N_("terminé"),
	[APPOINTMENT_SETTLED_BEFORE] = N_("réglé avant"),
	[APPOINTMENT_NO_SHOW] = N_("absent"),
	[APPOINTMENT_CANCELLED] = N_("annulé"),
	[APPOINTMENT_MOVED] = N_("reporté"),
};

const char *const label_card_kind[CARD_KIND_N + 1] = {
	[CARD_EHIC] = N_("CEAM"),
	[CARD_VITALE] = N_("Carte Vitale"),
	[CARD_CERTIFICATE] = N_("Certificat provisoire"),
};

const char *const label_card_state[CARD_STATE_N + 1] = {
	[CARD_ORDERED] = N_("demandée"),
	[CARD_MAKING] = N_("en fabrication"),
	[CARD_SENT] = N_("expédiée"),
	[CARD_ACTIVE] = N_("active"),
	[CARD_EXPIRED] = N_("expirée"),
	[CARD_CANCELLED] = N_("annulée"),
	[CARD_LOST] = N_("perdue"),
	[CARD_STOLEN] = N_("volée"),
	[CARD_FAULTY] = N_("défectueuse"),
};

const char *const label_request_kind[REQUEST_KIND_N + 1] = {
	[REQUEST_EHIC] = N_("CEAM"),
	[REQUEST_EHIC_LOSS] = N_("CEAM, perte ou vol"),
	[REQUEST_VITALE] = N_("Carte Vitale"),
	[REQUEST_VITALE_LOSS] = N_("Carte Vitale, perte ou vol"),
	[REQUEST_ADDRESS] = N_("Changement d'adresse"),
	[REQUEST_CERTIFICATE] = N_("Attestation"),
	[REQUEST_C2S] = N_("Complémentaire santé solidaire"),
};

const char *const label_request_state[REQUEST_STATE_N + 1] = {
	[REQUEST_RECEIVED] = N_("reçue"),
	[REQUEST_WAITING_PIECES] = N_("pièces attendues"),
	[REQUEST_PIECES_RECEIVED] = N_("pièces reçues"),
	[REQUEST_CHECKING] = N_("contrôle en cours"),
	[REQUEST_REFUSED_PIECE] = N_("pièce refusée"),
	[REQUEST_MAKING] = N_("en fabrication"),
	[REQUEST_SENT] = N_("expédiée"),
	[REQUEST_DONE] = N_("terminée"),
	[REQUEST_REFUSED] = N_("refusée"),
	[REQUEST_CANCELLED] = N_("annulée"),
};

const char *const label_c2s[C2S_N + 1] = {
	[C2S_NO] = N_("non"),
	[C2S_FREE] = N_("oui, sans participation"),
	[C2S_PAID] = N_("oui, avec participation"),
};

void label_person(char *out, size_t out_size, const char *name,
		  const char *used_name, const char *first_names, int sex)
{
	if (used_name[0])
		snprintf(out, out_size, "%s %s %s %s", used_name, first_names,
			 sex == SEX_M ? _("né") : _("née"), name);
	else
		snprintf(out, out_size, "%s %s", name, first_names);
}
