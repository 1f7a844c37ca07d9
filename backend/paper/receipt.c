/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper.h"
#include <stdio.h>

struct kind {
	const char *title;
	const char *old_card;           /* what became of it; "" */
	const char *advice;
};

static const char ehic_advice[] =
	"La carte est gratuite et personnelle. Elle se présente dans les pays de"
	" l'Union européenne, en Islande, au Liechtenstein, en Norvège, en Suisse"
	" et au Royaume-Uni. Elle ne sert pas en France.";
static const char vitale_advice[] =
	"En attendant la carte, une attestation de droits suffit. Chez le médecin,"
	" demandez une feuille de soins sur papier.";

static const struct kind kinds[REQUEST_KIND_N] = {
	[REQUEST_EHIC] = {
		"Récépissé : carte européenne d'assurance maladie", "",
		ehic_advice },
	[REQUEST_EHIC_LOSS] = {
		"Récépissé : perte ou vol de la carte européenne", "annulée",
		ehic_advice },
	[REQUEST_VITALE] = { "Récépissé : carte Vitale", "", vitale_advice },
	[REQUEST_VITALE_LOSS] = {
		"Récépissé : perte, vol ou panne de la carte Vitale",
		"en opposition", vitale_advice },
	[REQUEST_ADDRESS] = { "Récépissé : changement d'adresse", "", "" },
	[REQUEST_CERTIFICATE] = { "Récépissé : attestation", "", "" },
	[REQUEST_C2S] = {
		"Récépissé : Complémentaire santé solidaire", "", "" },
};

static void add_date(struct sheet *sheet, const char *label, struct date date)
{
	char text[DATE_TEXT];

	if (!date_is_set(date))
		return;
	date_to_text(date, text);
	sheet_field(sheet, label, text);
}

static void add_validity(struct sheet *sheet,
			 const struct paper_receipt *receipt)
{
	char from[DATE_TEXT], to[DATE_TEXT], text[2 * DATE_TEXT + 16];

	if (!date_is_set(receipt->valid_to))
		return;
	date_to_text(receipt->valid_from, from);
	date_to_text(receipt->valid_to, to);
	snprintf(text, sizeof(text), "du %s au %s", from, to);
	sheet_field(sheet, "Valable", text);
}

bool paper_receipt(struct sheet_head head, const struct paper_receipt *receipt,
		   struct buf *out, struct err *err)
{
	const struct request *request = receipt->request;
	const struct kind *kind = &kinds[request->kind];
	struct sheet *sheet;

	head.title = kind->title;
	head.number = request->number;
	sheet = sheet_open(&head, out);
	sheet_field(sheet, "Pour", receipt->person);
	add_date(sheet, "Déposée le", request->lodged_on);
	sheet_field(sheet, "Pièces à fournir", request->missing);
	sheet_field(sheet, "Ancienne carte", kind->old_card);
	sheet_field(sheet, "Carte", receipt->card);
	add_validity(sheet, receipt);
	add_date(sheet, "Réponse attendue vers le", request->expected_on);
	sheet_field(sheet, "Envoi à", receipt->address);
	if (*request->missing)
		sheet_text(sheet, "La demande avance dès que les pièces sont"
			   " reçues.");
	sheet_section(sheet, "Bon à savoir");
	if (*kind->advice)
		sheet_text(sheet, kind->advice);
	sheet_text(sheet, "Gardez ce numéro : il permet de suivre la demande au"
		   " guichet, au téléphone et en ligne.");
	return sheet_close(sheet, err);
}
