/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pieces of a request: the photo and the identity document. */
#include "../filetype.h"
#include "../holder.h"
#include "../request_store.h"
#include "../rules.h"
#include "handlers.h"
#include <guichet/base/text.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define PIECE_BYTES_MAX (5 * 1024 * 1024)

struct piece {
	const char *name;
	enum request_piece bit;
	bool image_only;
	const char *note;               /* in the history */
};

static const struct piece pieces[] = {
	{ "photo", PIECE_PHOTO, true, "Photo reçue" },
	{ "identity", PIECE_IDENTITY, false, "Pièce d'identité reçue" },
	{ 0 },
};

static const struct piece *find(const char *name)
{
	for (const struct piece *piece = pieces; piece->name; piece++) {
		if (strcmp(piece->name, name) == 0)
			return piece;
	}
	return NULL;
}

/* The type is what the bytes are, whatever the client called them. */
static bool check_content(const struct req *req, const struct piece *piece,
			  struct attachment *given, struct err *err)
{
	enum filetype type = filetype_of(req->raw, req->raw_size);
	unsigned char digest[crypto_hash_sha256_BYTES];

	if (req->raw_size > PIECE_BYTES_MAX)
		return req_refuse(err, 413, "attachment.size",
				  "le fichier dépasse 5 Mio");
	if (type == FILETYPE_OTHER)
		return req_refuse(err, 415, "attachment.type",
				  "seuls un JPEG, un PNG ou un PDF entier sont"
				  " acceptés");
	if (piece->image_only && type == FILETYPE_PDF)
		return req_refuse(err, 415, "attachment.type",
				  "la photo doit être un JPEG ou un PNG");
	crypto_hash_sha256(digest, (const unsigned char *)req->raw,
			   req->raw_size);
	sodium_bin2hex(given->sha256, sizeof(given->sha256), digest,
		       sizeof(digest));
	text_copy(given->name, sizeof(given->name), piece->name);
	text_copy(given->type, sizeof(given->type), filetype_names[type]);
	given->size = (int64_t)req->raw_size;
	given->received_at = req->now_ms;
	return true;
}

static bool store(struct req *req, int64_t request_id,
		  const struct attachment *given, struct err *err)
{
	struct db_blob content = { req->raw, req->raw_size };

	return db_run(req->db, err, NULL,
		      "INSERT INTO attachment (caisse, request_id, name, type,"
		      " size, sha256, received_at, content)"
		      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
		      " ON CONFLICT (caisse, request_id, name) DO UPDATE SET"
		      " type = excluded.type, size = excluded.size,"
		      " sha256 = excluded.sha256,"
		      " received_at = excluded.received_at,"
		      " content = excluded.content", "iittitib", req->caisse,
		      request_id, given->name, given->type, given->size,
		      given->sha256, given->received_at, &content);
}

/* The same bytes sent again, for want of an answer, are there already: they get
 * the answer that was lost, though the version they name is that of before (RFC
 * 9110 section 13.1.1). */
static bool find_same(struct req *req, int64_t request_id,
		      struct attachment *given, bool *found, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT received_at FROM attachment WHERE caisse = $1"
		" AND request_id = $2 AND name = $3 AND sha256 = $4", "iitt",
		req->caisse, request_id, given->name, given->sha256);

	*found = db_next(stmt, err);
	if (*found)
		given->received_at = db_int(stmt, 0);
	db_done(stmt);
	return *found || err->code == ERR_NONE;
}

/* Pieces are awaited until they are all there. */
static bool check_awaited(const struct req *req, const struct request_row *row,
			  struct err *err)
{
	if (!req_match(req, row->version, err))
		return false;
	return row->told.state == REQUEST_WAITING_PIECES ||
	       row->told.state == REQUEST_REFUSED_PIECE ||
	       req_refuse(err, 409, "request.state",
			  "cette demande n'attend plus de pièce");
}

static bool note_received(struct req *req, struct request_row *row,
			  const struct piece *piece, struct err *err)
{
	int64_t days;

	row->missing &= ~(unsigned)piece->bit;
	if (!row->missing) {
		if (!rule_value(req->db, RULE_VITALE_DAYS, req->today, &days,
				err))
			return false;
		row->told.state = REQUEST_PIECES_RECEIVED;
		if (row->told.kind == REQUEST_VITALE ||
		    row->told.kind == REQUEST_VITALE_LOSS)
			row->told.expected_on = date_add_days(req->today,
							      (int)days);
	}
	return request_save(req, row, piece->note, true, err);
}

bool attachment_put(struct req *req, const void *key, const void *body,
		    struct rows *out, struct err *err)
{
	const struct attachment_key *at = key;
	const struct piece *piece = find(at->name);
	struct attachment *given = rows_add(out);
	struct request_row row;
	bool found;

	(void)body;
	if (!request_load(req, id_parse(at->request_id), &row, err))
		return false;
	req->file_id = row.file_id;
	snprintf(req->object, sizeof(req->object), "%s %s", row.told.number,
		 piece ? piece->name : "");
	if (!piece)
		return refuse_missing(err);
	if (req->if_match == -1)
		return req_match(req, row.version, err);
	if (!check_content(req, piece, given, err) ||
	    !find_same(req, row.id, given, &found, err))
		return false;
	/* a piece that was refused is looked at again, even the same */
	if (row.missing & piece->bit)
		found = false;
	if (!found && (!check_awaited(req, &row, err) ||
		       !store(req, row.id, given, err) ||
		       !note_received(req, &row, piece, err)))
		return false;
	req->version = row.version;
	return true;
}
