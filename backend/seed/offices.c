/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offices, when they receive, why one comes, and the agents.  Towns are real;
 * addresses, hours and people are made up.  Reasons: what caisses were seen to
 * offer (account ameli, service-public F10027, CPAM pages), minutes are ours. */
#include "tables.h"

#include <guichet/api/common.h>

const struct seed_office seed_offices[] = {
	{ 1381, "Grenoble", "2 rue des Alliés", "38000", "Grenoble", 5, 0, -1500 },
	{ 1381, "Grenoble Grand'Place", "55 avenue de l'Europe", "38000", "Grenoble",
	  3, 1000, -3800 },
	{ 1381, "Saint-Martin-d'Hères", "12 avenue du Bataillon", "38400",
	  "Saint-Martin-d'Hères", 2, 3500, -2200 },
	{ 1381, "Échirolles", "8 place des Peupliers", "38130", "Échirolles", 3, 900,
	  -4800 },
	{ 1381, "Fontaine", "3 mail des Platanes", "38600", "Fontaine", 2, -2700,
	  700 },
	{ 1381, "Voiron", "21 avenue du Marché", "38500", "Voiron", 3, -10200,
	  19700 },
	{ 1381, "Bourgoin-Jallieu", "5 rue des Tisserands", "38300",
	  "Bourgoin-Jallieu", 4, -35200, 44400 },
	{ 1381, "Vienne", "14 quai du Temple", "38200", "Vienne", 4, -66500, 37500 },
	{ 1381, "Saint-Marcellin", "1 place du Champ", "38160", "Saint-Marcellin", 2,
	  -31500, -3800 },
	{ 1381, "La Tour-du-Pin", "9 rue d'Italie", "38110", "La Tour-du-Pin", 2,
	  -22000, 42000 },
	{ 1381, "Roussillon", "30 avenue du Levant", "38150", "Roussillon", 2,
	  -72000, 20500 },
	{ 1381, "La Mure", "4 place du Puits", "38350", "La Mure", 1, 5000, -31300 },
	{ 1731, "Chambéry", "5 avenue du Lac", "73000", "Chambéry", 3, 15400,
	  42000 },
	{ 1731, "Albertville", "2 rue du Fort", "73200", "Albertville", 1, 52500,
	  54300 },
	{ 0 },
};

/* 0 weekly, 1 every n weeks, 2 nth weekday of the month, 3 single date. */
const struct seed_opening seed_openings[] = {
	{ 0, 0, 0, "12345", 0, 0, 510, 720 },
	{ 0, 0, 0, "12345", 0, 0, 780, 990 },
	{ 0, 1, 0, "4", 0, 0, 990, 1110 },
	{ 0, 2, 0, "6", 0, 0, 510, 720 },
	{ 0, 3, 0, "6", 0, 0, 510, 720 },
	{ 1, 0, 0, "12345", 0, 0, 540, 735 },
	{ 1, 0, 0, "1235", 0, 0, 810, 990 },
	{ 1, 1, 1, "6", 2, 5, 540, 720 },
	{ 2, 0, 0, "12345", 0, 0, 540, 720 },
	{ 2, 0, 0, "124", 0, 0, 810, 960 },
	{ 3, 0, 0, "12345", 0, 0, 510, 960 },
	{ 4, 0, 0, "1245", 0, 0, 540, 960 },
	{ 5, 0, 0, "12345", 0, 0, 510, 720 },
	{ 5, 0, 0, "1234", 0, 0, 795, 975 },
	{ 6, 0, 0, "12345", 0, 0, 510, 990 },
	{ 6, 4, 2, "2", 1, 0, 990, 1110 },
	{ 7, 0, 0, "12345", 0, 0, 510, 990 },
	{ 7, 0, 3, "6", 0, 12, 540, 720 },
	{ 8, 0, 0, "135", 0, 0, 540, 960 },
	{ 9, 0, 0, "24", 0, 0, 540, 960 },
	{ 9, 2, 2, "5", 3, 0, 540, 720 },
	{ 10, 0, 0, "125", 0, 0, 540, 720 },
	{ 10, 0, 1, "3", 2, 2, 540, 960 },
	{ 11, 0, 1, "4", 2, 3, 570, 960 },
	{ 11, 0, 2, "2", 1, 0, 570, 720 },
	{ 12, 0, 0, "12345", 0, 0, 510, 990 },
	{ 13, 0, 0, "135", 0, 0, 540, 720 },
	{ 0 },
};

enum {
	COUNTER = 1 << CHANNEL_COUNTER,
	BOTH = COUNTER | 1 << CHANNEL_PHONE,
	THREE = BOTH | 1 << CHANNEL_VIDEO,
};

const struct seed_reason seed_reasons[] = {
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

const struct seed_agent seed_agents[] = {
	{ 1381, "a.lefevre", "A. Lefèvre", ROLE_COUNTER, 0 },
	{ 1381, "s.benali", "S. Benali", ROLE_PHONE, 0 },
	{ 1381, "m.girard", "M. Girard", ROLE_SUPERVISOR, 0 },
	{ 1381, "c.moreau", "C. Moreau", ROLE_COUNTER, 0 },
	{ 1381, "j.petit", "J. Petit", ROLE_COUNTER, 1 },
	{ 1381, "l.faure", "L. Faure", ROLE_COUNTER, 3 },
	{ 1381, "n.roux", "N. Roux", ROLE_COUNTER, 5 },
	{ 1381, "p.garnier", "P. Garnier", ROLE_COUNTER, 6 },
	{ 1381, "h.vial", "H. Vial", ROLE_COUNTER, 7 },
	{ 1381, "e.diallo", "E. Diallo", ROLE_PHONE, 0 },
	{ 1381, "t.rey", "T. Rey", ROLE_PHONE, 6 },
	{ 1381, "b.colin", "B. Colin", ROLE_SUPERVISOR, 7 },
	{ 1731, "f.blanc", "F. Blanc", ROLE_COUNTER, 12 },
	{ 1731, "o.perrier", "O. Perrier", ROLE_PHONE, 12 },
	{ 1731, "d.masson", "D. Masson", ROLE_SUPERVISOR, 12 },
	{ 0 },
};
