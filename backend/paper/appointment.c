/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper.h"
#include <stdio.h>
#include <string.h>

/* How the meeting takes place; NULL where the office is the place. */
static const char *const by_channel[CHANNEL_N] = {
	[CHANNEL_PHONE] = "Un conseiller vous appelle à l'heure dite",
	[CHANNEL_VIDEO] = "En visioconférence",
	[CHANNEL_ONLINE] = "En ligne",
};

static void write_when(struct sheet *sheet, const struct sheet_head *head,
		       const struct appointment *appointment)
{
	char day[DATE_TEXT], hour[DATE_TEXT], text[120];

	date_to_full(zone_date(head->zone, appointment->starts_at, NULL), day);
	moment_to_hour(head->zone, appointment->starts_at, hour);
	snprintf(text, sizeof(text), "%s à %s", day, hour);
	sheet_field(sheet, "Date et heure", text);
	snprintf(text, sizeof(text), "%d minutes environ",
		 (int)((appointment->ends_at - appointment->starts_at) / 60000));
	sheet_field(sheet, "Durée", text);
}

static void write_where(struct sheet *sheet,
			const struct appointment *appointment)
{
	const char *how = by_channel[appointment->channel];
	char text[3 * LABEL_SIZE];

	if (how) {
		sheet_field(sheet, "Comment", how);
		sheet_field(sheet, "Votre numéro", appointment->phone);
		return;
	}
	snprintf(text, sizeof(text), "%s, %s", appointment->office_name,
		 appointment->office_address);
	sheet_field(sheet, "Lieu", text);
	snprintf(text, sizeof(text), "%d", (int)appointment->desk);
	sheet_field(sheet, "Guichet", text);
}

/* One piece a line. */
static void write_pieces(struct sheet *sheet, const char *pieces)
{
	char line[NOTE_SIZE];

	if (!*pieces)
		return;
	sheet_section(sheet, "À apporter");
	while (*pieces) {
		size_t length = strcspn(pieces, "\n");

		snprintf(line, sizeof(line), "%.*s", (int)length, pieces);
		if (length)
			sheet_item(sheet, line);
		pieces += length + (pieces[length] == '\n');
	}
}

bool paper_appointment(struct sheet_head head,
		       const struct appointment *appointment, struct buf *out,
		       struct err *err)
{
	bool cancelled = appointment->state == APPOINTMENT_CANCELLED ||
			 appointment->state == APPOINTMENT_MOVED;
	struct sheet *sheet;

	head.title = cancelled ? "Rendez-vous annulé" : "Votre rendez-vous";
	head.number = appointment->number;
	sheet = sheet_open(&head, out);
	sheet_field(sheet, "Personne", appointment->insured_name);
	sheet_field(sheet, "Motif", appointment->reason_label);
	write_when(sheet, &head, appointment);
	write_where(sheet, appointment);
	sheet_field(sheet, "Remplacé par", appointment->moved_to);
	if (!cancelled) {
		write_pieces(sheet, appointment->pieces);
		sheet_section(sheet, "Un empêchement ?");
		sheet_text(sheet, "Dites-le-nous dès que possible : votre"
			   " créneau servira à une autre personne, et nous vous"
			   " en proposerons un nouveau.");
	}
	return sheet_close(sheet, err);
}
