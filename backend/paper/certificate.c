/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper.h"

static void add_date(struct sheet *sheet, const char *label, struct date date)
{
	char text[DATE_TEXT];

	date_to_text(date, text);
	sheet_field(sheet, label, text);
}

bool paper_certificate(struct sheet_head head,
		       const struct paper_certificate *certificate,
		       struct buf *out, struct err *err)
{
	struct sheet *sheet;

	head.title = "Certificat provisoire de remplacement de la carte"
		     " européenne d'assurance maladie";
	head.number = certificate->number;
	sheet = sheet_open(&head, out);
	sheet_mark(sheet, "SPÉCIMEN");
	sheet_text(sheet, "Décision S2 du 12 juin 2009. Mêmes effets que la carte"
		   " pendant la durée indiquée.");
	sheet_section(sheet, "Carte remplacée");
	sheet_field(sheet, "1  Formulaire", "CPR");
	sheet_field(sheet, "2  État d'émission", "FR");
	sheet_field(sheet, "3  Nom", certificate->name);
	sheet_field(sheet, "4  Prénoms", certificate->first_names);
	add_date(sheet, "5  Date de naissance", certificate->birth);
	sheet_field(sheet, "6  Numéro personnel", certificate->nir);
	sheet_field(sheet, "7  Institution", certificate->institution);
	sheet_field(sheet, "8  Numéro de la carte", certificate->serial);
	add_date(sheet, "9  Fin de validité de la carte", certificate->card_to);
	sheet_section(sheet, "Certificat");
	add_date(sheet, "a  Valable du", certificate->from);
	add_date(sheet, "b  Valable jusqu'au", certificate->to);
	add_date(sheet, "c  Délivré le", certificate->delivered);
	sheet_field(sheet, "d  Signature et cachet de l'institution",
		    "SPÉCIMEN : sans signature de l'État");
	return sheet_close(sheet, err);
}
