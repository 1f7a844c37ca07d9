/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments read from the store. */
#include "payment.h"
#include "../holder.h"

#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

/* Who is paid, when no professional is named. */
static const char *const payees[] = {
	[PAYEE_INSURED] = "Assuré",             /* "Assurée" for a woman */
	[PAYEE_PROFESSIONAL] = "Professionnel de santé",
	[PAYEE_ESTABLISHMENT] = "Établissement",
	[PAYEE_EMPLOYER] = "Employeur",
	[PAYEE_ORGANISM] = "Organisme",
};
_Static_assert(sizeof(payees) / sizeof(*payees) == PAYEE_N,
	       "every payee has words");

/* The key is in the order asked for: newer payments have greater identifiers.
 * LEFT JOIN keeps a payment whose act or professional is no longer known. */
struct db_stmt *payment_query(struct req *req, const struct payment_filter *filter,
			      struct err *err)
{
	return db_query(req->db, err,
		"SELECT y.id, y.person_id, y.paid_day, y.kind, y.state, y.payee,"
		" y.amount_cts, y.noemie, y.lines, a.label, r.name,"
		" p.first_names, p.kinship, y.reason, i.sex"
		" FROM payment y"
		" LEFT JOIN act a ON a.id = y.act_id"
		" LEFT JOIN professional r ON r.caisse = y.caisse"
		" AND r.id = y.professional_id"
		" LEFT JOIN person p ON p.caisse = y.caisse AND p.id = y.person_id"
		" LEFT JOIN person i ON i.caisse = y.caisse AND i.id = y.file_id"
		" WHERE y.caisse = $1 AND y.file_id = $2 AND y.id < $3"
		" AND y.paid_day >= $4 AND y.paid_day <= $5"
		" AND ($6 = 0 OR y.person_id = $6) AND ($7 < 0 OR y.kind = $7)"
		" ORDER BY y.id DESC LIMIT $8", "iiiiiiii", req->caisse,
		filter->file_id, filter->before, filter->from_day,
		filter->to_day, filter->person_id, filter->kind, filter->limit);
}

/* The days of care are those of the lines, from the first to the last. */
static void read_days(struct payment_row *row)
{
	struct payline line;
	uint32_t from = 0, to = 0;

	for (size_t i = 0; payline_unpack(row->packed, row->packed_size, i, &line);
	     i++) {
		if (from == 0 || line.from_day < from)
			from = line.from_day;
		if (line.to_day > to)
			to = line.to_day;
	}
	row->payment.care_from = day_date(from);
	row->payment.care_to = day_date(to);
}

static bool copy_lines(struct db_stmt *stmt, struct payment_row *row,
		       struct err *err)
{
	struct db_blob lines = db_bytes(stmt, 8);

	if (lines.size > sizeof(row->packed) || lines.size % PAYLINE_SIZE)
		return err_set(err, ERR_SYSTEM, "lignes de paiement illisibles");
	if (lines.size)
		memcpy(row->packed, lines.data, lines.size);
	row->packed_size = lines.size;
	read_days(row);
	return true;
}

static bool copy_words(struct db_stmt *stmt, struct payment_row *row,
		       struct err *err)
{
	struct payment *payment = &row->payment;
	const char *label = db_text(stmt, 9);
	const char *payee;

	if (!db_copy(stmt, 10, row->professional, sizeof(row->professional), err))
		return false;
	payee = payees[payment->payee];
	if (payment->payee == PAYEE_INSURED && db_int(stmt, 14) == SEX_F)
		payee = "Assurée";
	else if (payment->payee != PAYEE_INSURED && *row->professional)
		payee = row->professional;
	holder_first_name(db_text(stmt, 11), payment->beneficiary_name);
	return (text_copy(payment->label, sizeof(payment->label),
			  *label ? label : payment_family(payment->kind)) &&
		text_copy(payment->payee_name, sizeof(payment->payee_name),
			  payee)) ||
	       err_set(err, ERR_SYSTEM, "libellé de paiement trop long");
}

bool payment_next(struct db_stmt *stmt, int64_t file_id, struct payment_row *row,
		  struct err *err)
{
	struct payment *payment = &row->payment;
	char file[ID_TEXT], id[ID_TEXT];

	if (!db_next(stmt, err))
		return false;
	*row = (struct payment_row){
		.id = db_int(stmt, 0),
		.person_id = db_int(stmt, 1),
		.paid_day = db_int(stmt, 2),
		.noemie = db_int(stmt, 7) != 0,
		.reason = (int)db_int(stmt, 13),
	};
	id_format(file_id, file);
	id_format(row->id, id);
	snprintf(payment->id, sizeof(payment->id), "%s-%s", file, id);
	payment->paid_on = day_date(row->paid_day);
	payment->kind = (int)db_int(stmt, 3);
	payment->state = (int)db_int(stmt, 4);
	payment->payee = (int)db_int(stmt, 5);
	payment->amount_cts = db_int(stmt, 6);
	payment->beneficiary_kinship = (int)db_int(stmt, 12);
	id_format(row->person_id, payment->beneficiary_id);
	if (payment->payee < 0 || payment->payee >= PAYEE_N)
		return err_set(err, ERR_SYSTEM, "destinataire inconnu");
	return copy_lines(stmt, row, err) && copy_words(stmt, row, err);
}
