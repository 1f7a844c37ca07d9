/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why one comes: what caisses were seen to offer (account ameli, service-public
 * F10027, CPAM pages); minutes are ours. */
#include "tables.h"

#include <guichet/api/common.h>

enum {
	COUNTER = 1 << CHANNEL_COUNTER,
	BOTH = COUNTER | 1 << CHANNEL_PHONE,
	THREE = BOTH | 1 << CHANNEL_VIDEO,
};

const struct table_reason table_reasons[] = {
	{ "C2S", "Complémentaire santé solidaire", 30, THREE, ROLES_ALL,
	  "Avis d'imposition ou ressources des 12 derniers mois\nLivret de famille\n"
	  "Justificatif de domicile\nRIB\nQuittance ou notification d'aide au logement" },
	{ "AFFIL", "Affiliation, ouverture ou maintien de droits", 30, BOTH, ROLES_ALL,
	  "Pièce d'identité ou titre de séjour\nActe de naissance\n"
	  "Justificatif de trois mois de résidence\nRIB\nFormulaire S1106" },
	{ "ETR", "Arrivée de l'étranger, immatriculation", 45, COUNTER, ROLES_ALL,
	  "Passeport ou titre de séjour\nActe de naissance intégral traduit\n"
	  "Justificatif de présence de trois mois\nRIB" },
	{ "IJ", "Arrêt de travail, indemnités journalières", 20, BOTH, ROLES_ALL,
	  "Avis d'arrêt de travail\nAttestation de salaire ou 3 bulletins de paie\n"
	  "Attestation France Travail" },
	{ "CHOM", "Perte d'emploi, chômage", 20, BOTH, ROLES_ALL,
	  "Notification France Travail\nCertificat de travail\nBulletins de paie" },
	{ "AT", "Accident du travail, maladie professionnelle", 30, BOTH, ROLES_ALL,
	  "Déclaration d'accident\nFeuille d'accident S6201\n"
	  "Certificat médical initial\nAttestation de salaire" },
	{ "INV", "Pension d'invalidité", 30, BOTH, ROLES_ALL,
	  "Avis d'imposition\nBulletins de paie\nRIB\nDéclaration de ressources S4151" },
	{ "RENTE", "Rente d'accident du travail", 30, BOTH, ROLES_ALL,
	  "Notification de taux\nRIB" },
	{ "ALD", "Affection de longue durée", 20, BOTH, ROLES_ALL,
	  "Protocole de soins, volet de l'assuré\nCarte Vitale" },
	{ "MAT", "Maternité, paternité, adoption", 20, BOTH, ROLES_ALL,
	  "Déclaration de grossesse ou acte de naissance\nAttestation de salaire" },
	{ "NAIS", "Naissance, rattachement d'un enfant", 15, BOTH, ROLES_ALL,
	  "Acte de naissance ou livret de famille\nFormulaire S3705 des deux parents" },
	{ "DECES", "Décès d'un proche, capital décès", 30, BOTH, ROLES_ALL,
	  "Acte de décès\nLivret de famille\nRIB\nDerniers bulletins de paie\n"
	  "Formulaire S3180" },
	{ "INTER", "Départ ou soins à l'étranger", 20, BOTH, ROLES_ALL,
	  "Dates et pays\nContrat ou attestation de l'employeur\n"
	  "Factures acquittées\nFormulaire S3125" },
	{ "VITALE", "Carte Vitale", 15, COUNTER, ROLES_ALL,
	  "Pièce d'identité\nPhoto\nFormulaire « Ma nouvelle carte Vitale »" },
	{ "PAIE", "Remboursement non reçu, contestation", 20, BOTH, ROLES_ALL,
	  "Feuille de soins ou facture\nRelevé\nRIB" },
	{ "APP", "Appareillage, transport, cure", 15, COUNTER | 1 << CHANNEL_PHONE,
	  ROLES_ALL, "Prescription\nDevis ou facture\nRIB" },
	{ "ACCES", "Renoncement aux soins, accompagnement", 45, THREE, ROLES_ALL,
	  "Avis d'imposition\nDevis" },
	{ "SMED", "Convocation du service médical", 20, COUNTER,
	  1u << ROLE_SUPERVISOR, "Convocation\nCarte Vitale" },
	{ "NUM", "Aide au compte ameli", 15, COUNTER, ROLES_ALL,
	  "Carte Vitale\nRIB\nAdresse électronique et téléphone" },
	{ 0 },
};
