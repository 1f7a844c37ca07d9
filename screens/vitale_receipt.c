/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vitale_receipt.h"

void vitale_receipt_lines(const struct vitale_receipt *receipt,
			  struct ui_lines *lines)
{
	char date[DATE_TEXT];

	if (receipt->blocked_card[0]) {
		date_to_full(receipt->blocked_on, date);
		ui_line(lines, UI_GOOD, _("La carte %s est bloquée depuis le %s."),
			receipt->blocked_card, date);
	}
	ui_line(lines, UI_GOOD, "%s", _("La nouvelle carte est demandée."));
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_STRONG, "%s  %s", receipt->number,
		receipt->beneficiary_name);
	if (receipt->photo_missing)
		ui_pair_styled(lines, _("Pièce attendue"), UI_WARN, _("photo"));
	if (receipt->identity_missing)
		ui_pair_styled(lines, _("Pièce attendue"), UI_WARN,
			       _("pièce d'identité"));
	if (date_is_set(receipt->expected_on)) {
		date_to_full(receipt->expected_on, date);
		ui_pair(lines, _("Attendue vers le"), date);
	}
	ui_line(lines, UI_PLAIN, "%s", "");
	ui_line(lines, UI_DIM, "%s",
		_("P joint une pièce, F9 imprime le récépissé, F3 revient au dossier."));
}
