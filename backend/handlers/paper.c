/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a paper says, read from the tables. */
#include "../paper/paper.h"
#include "../appointment_store.h"
#include "../card_store.h"
#include "../request_store.h"
#include "handlers.h"
#include <guichet/base/nir.h>
#include <guichet/base/text.h>
#include <stdio.h>

static struct sheet_head head_of(const struct req *req)
{
	return (struct sheet_head){
		.caisse = req->caisse_name,
		.made_ms = req->now_ms,
		.zone = req->zone,
		.press = req->press,
	};
}

bool appointment_paper(struct req *req, const void *key, const void *body,
		       struct rows *out, struct err *err)
{
	const struct appointment_key *at = key;
	struct appointment_row row;

	(void)body;
	(void)out;
	if (!appointment_load(req, id_parse(at->appointment_id), &row, err))
		return false;
	req->file_id = row.file_id;
	text_copy(req->object, sizeof(req->object), row.told.number);
	return paper_appointment(head_of(req), &row.told, req->paper, err);
}

static bool one_line(const struct holder_file *file, char *out, size_t size)
{
	int length = snprintf(out, size, "%s%s%s, %s %s", file->address1,
			      *file->address2 ? ", " : "", file->address2,
			      file->postcode, file->city);

	return length >= 0 && (size_t)length < size;
}

/* What the receipt of a card says beside its request. */
static bool read_card(struct req *req, const struct request_row *row,
		      struct paper_receipt *receipt, char masked[MASK_SIZE],
		      struct err *err)
{
	struct card_row card;

	*masked = '\0';
	if (!row->card_id)
		return true;
	if (!card_load(req, row->card_id, &card, err))
		return false;
	holder_mask_serial(card.serial, masked);
	receipt->valid_from = card.from;
	/* the validity of a card told lost without a new one is over */
	if (row->told.state != REQUEST_DONE || row->told.kind == REQUEST_EHIC)
		receipt->valid_to = card.to;
	return true;
}

bool request_paper(struct req *req, const void *key, const void *body,
		   struct rows *out, struct err *err)
{
	const struct request_key *at = key;
	char address[4 * NAME_SIZE], name[NAME_SIZE], masked[MASK_SIZE];
	struct paper_receipt receipt = { 0 };
	struct holder_file file;
	struct request_row row;
	struct holder holder;

	(void)body;
	(void)out;
	if (!request_load(req, id_parse(at->request_id), &row, err))
		return false;
	req->file_id = row.file_id;
	text_copy(req->object, sizeof(req->object), row.told.number);
	if (!holder_get(req, row.person_id ? row.person_id : row.file_id,
			&holder, err) ||
	    !holder_address(req, row.file_id, &file, err) ||
	    !read_card(req, &row, &receipt, masked, err))
		return false;
	holder_full_name(holder.name, holder.used_name, holder.first_names, name);
	if (!one_line(&file, address, sizeof(address)))
		return err_set(err, ERR_SYSTEM, "l'adresse est trop longue");
	receipt.request = &row.told;
	receipt.person = name;
	/* An address is read in a contact with the person, and once known. */
	receipt.address = req->contact.file_id == row.file_id &&
		req->contact.tier >= TIER_SIMPLE ? address : "";
	receipt.card = masked;
	return paper_receipt(head_of(req), &receipt, req->paper, err);
}

/* The card that a certificate stands for: that of the same order. */
static bool replaced_card(struct req *req, const struct request_row *row,
			  struct card_row *card, struct err *err)
{
	if (!row->card_id)
		return refuse_missing(err);
	return card_load(req, row->card_id, card, err);
}

bool certificate_paper(struct req *req, const void *key, const void *body,
		       struct rows *out, struct err *err)
{
	const struct card_key *at = key;
	char nir[16], institution[LABEL_SIZE + 8];
	struct card_row certificate, card;
	struct request_row row;
	struct holder holder;

	(void)body;
	(void)out;
	if (!card_load(req, id_parse(at->card_id), &certificate, err))
		return false;
	req->file_id = certificate.file_id;
	text_copy(req->object, sizeof(req->object), at->card_id);
	if (certificate.kind != CARD_CERTIFICATE)
		return refuse_missing(err);
	if (!req_needs_file(req, certificate.file_id, err) ||
	    !req_needs_tier(req, TIER_SIMPLE, err) ||
	    !holder_get(req, certificate.person_id, &holder, err) ||
	    !request_load(req, certificate.request_id, &row, err) ||
	    !replaced_card(req, &row, &card, err))
		return false;
	snprintf(nir, sizeof(nir), "%s%02d", holder.nir, nir_key(holder.nir));
	snprintf(institution, sizeof(institution), "%05lld %s",
		 (long long)req->caisse, req->caisse_name);
	return paper_certificate(head_of(req), &(struct paper_certificate){
		.number = row.told.number,
		.name = *holder.used_name ? holder.used_name : holder.name,
		.first_names = holder.first_names,
		.birth = holder.birth,
		.nir = nir,
		.institution = institution,
		.serial = card.serial,
		.card_to = card.to,
		.from = certificate.from,
		.to = certificate.to,
		.delivered = certificate.ordered_on,
	}, req->paper, err);
}
