/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "caisse.h"
#include "agenda.h"
#include "tables/tables.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

/* Text that a screen will show; `most` is its size with the zero. */
static bool check_text(const char *text, size_t most, const char *what,
		       struct err *err)
{
	return (strlen(text) < most && text_is_clean(text, TEXT_ONE_LINE)) ||
		err_set(err, ERR_INVALID,
			_("%s : texte trop long, ou caractère refusé"), what);
}

/* "38", "2A", "974". */
static bool department_valid(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	if (strlen(text) == 3)
		return digits == 3 && text[0] == '9' && text[1] >= '7';
	return strlen(text) == 2 && text[0] >= '0' && text[0] <= '9' &&
		(digits == 2 || strcmp(text, "2A") == 0 || strcmp(text, "2B") == 0);
}

static bool find(struct db *db, int64_t code, int64_t *found, int64_t *count,
		 struct err *err)
{
	struct db_stmt *stmt = db_query(db, err, "SELECT coalesce(max(code), 0), "
		"count(*) FROM caisse WHERE $1 = 0 OR code = $1", "i", code);

	if (!db_next(stmt, err))
		return false;
	*found = db_int(stmt, 0);
	*count = db_int(stmt, 1);
	db_done(stmt);
	return true;
}

bool caisse_find(struct db *db, int64_t *code, struct err *err)
{
	int64_t found, count;

	if (!find(db, *code, &found, &count, err))
		return false;
	if (count == 0)
		return err_set(err, ERR_NOT_FOUND,
			       _("la base n'a pas cette caisse"));
	if (count > 1)
		return err_set(err, ERR_INVALID,
			       _("la base a plusieurs caisses : il faut --caisse"));
	*code = found;
	return true;
}

bool caisse_add(struct db *db, int64_t code, const char *name,
		const char *department, struct err *err)
{
	int64_t found, count;

	if (!find(db, code, &found, &count, err))
		return false;
	if (count == 0) {
		if (name[0] == '\0' || !department_valid(department))
			return err_set(err, ERR_INVALID, _("une nouvelle caisse a "
				"besoin de --name et de --department (38, 2A, 974)"));
		if (!check_text(name, LABEL_SIZE, "--name", err) ||
		    !db_run(db, err, NULL, "INSERT INTO caisse (code, name, "
			    "department) VALUES ($1, $2, $3)", "itt", code, name,
			    department))
			return false;
	}
	return tables_insert_reasons(db, code, err);
}

bool office_first(struct db *db, int64_t caisse, int64_t *id, struct err *err)
{
	struct db_stmt *stmt = db_query(db, err, "SELECT coalesce(min(id), 0) "
		"FROM office WHERE caisse = $1", "i", caisse);

	if (!db_next(stmt, err))
		return false;
	*id = db_int(stmt, 0);
	db_done(stmt);
	return true;
}

static bool check_office(const struct office_new *office, struct err *err)
{
	if (office->name[0] == '\0')
		return err_set(err, ERR_INVALID, _("un accueil a besoin d'un nom"));
	if (office->desks < 1 || office->desks > DESKS_MAX)
		return err_set(err, ERR_INVALID,
			       _("--desks : de 1 à %d guichets"), DESKS_MAX);
	if (office->postcode[0] && (strlen(office->postcode) != 5 ||
				    strspn(office->postcode, "0123456789") != 5))
		return err_set(err, ERR_INVALID,
			       _("--postcode : 5 chiffres attendus"));
	return check_text(office->name, LABEL_SIZE, "--name", err) &&
		check_text(office->address, NAME_SIZE, "--address", err) &&
		check_text(office->city, NAME_SIZE, "--city", err) &&
		check_text(office->phone, 20, "--phone", err);
}

bool office_add(struct db *db, const struct office_new *office, int64_t *id,
		struct err *err)
{
	if (!check_office(office, err))
		return false;
	*id = id_new();
	/* On the plane of the postcode when it is known, else at its origin. */
	return db_run(db, err, NULL,
		      "INSERT INTO office (caisse, id, name, address, postcode,"
		      " city, phone, desks, good_friday, east_m, north_m) VALUES"
		      " ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
		      " coalesce((SELECT east_m FROM postcode WHERE postcode = $5), 0),"
		      " coalesce((SELECT north_m FROM postcode WHERE postcode = $5),"
		      " 0))", "iitttttii", office->caisse, *id, office->name,
		      office->address, office->postcode, office->city,
		      office->phone, (int64_t)office->desks,
		      (int64_t)office->good_friday);
}
