/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import.h"
#include "csv.h"
#include "handlers/people.h"

#include <guichet/base/iban.h>
#include <guichet/base/intl.h>
#include <guichet/base/nir.h>
#include <guichet/base/text.h>

#include <stddef.h>
#include <string.h>

#define PHONE_LEAST 6                   /* digits, as in the contract */
#define PHONE_MOST 15

static bool refuse(struct err *err, const char *why)
{
	return err_set(err, ERR_INVALID, "%s", why);
}

static bool read_text(void *out, size_t size, const char *text, struct err *err)
{
	if (!text_is_clean(text, TEXT_ONE_LINE))
		return refuse(err, _("caractère refusé, ou texte qui n'est pas "
				     "en UTF-8"));
	return text_copy(out, size, text) || refuse(err, _("texte trop long"));
}

static bool read_needed(void *out, size_t size, const char *text, struct err *err)
{
	if (text[0] == '\0')
		return refuse(err, _("il en faut un"));
	return read_text(out, size, text, err);
}

static bool read_word(int *out, const char *const *names, const char *text,
		      struct err *err)
{
	for (int at = 0; names[at]; at++) {
		if (strcmp(names[at], text) == 0) {
			*out = at;
			return true;
		}
	}
	return refuse(err, _("mot inconnu"));
}

static bool read_kinship(void *out, size_t size, const char *text,
			 struct err *err)
{
	(void)size;
	return read_word(out, kinship_names, text, err);
}

static bool read_sex(void *out, size_t size, const char *text, struct err *err)
{
	(void)size;
	return read_word(out, sex_names, text, err);
}

static bool read_both(void *out, size_t size, const char *text, struct err *err)
{
	bool *both = out;

	(void)size;
	*both = strcmp(text, "yes") == 0;
	return *both || text[0] == '\0' || strcmp(text, "no") == 0 ||
		refuse(err, _("« yes » ou « no » est attendu"));
}

static bool read_rank(void *out, size_t size, const char *text, struct err *err)
{
	int *rank = out;

	(void)size;
	*rank = text[0] ? text[0] - '0' : 1;
	return (*rank >= 1 && *rank <= 9 && (!text[0] || !text[1])) ||
		refuse(err, _("un chiffre de 1 à 9 est attendu"));
}

static int number(struct date date)
{
	return date.year * 10000 + date.month * 100 + date.day;
}

static bool read_birth(void *out, size_t size, const char *text, struct err *err)
{
	struct date date = { 0 };
	int *day = out;

	(void)size;
	if (!date_from_iso(text, &date, err) || !date_valid_birth(date))
		return refuse(err, _("AAAA-MM-JJ est attendu, 00 où l'on ne "
				     "sait pas"));
	*day = number(date);
	return true;
}

static bool read_day(void *out, size_t size, const char *text, struct err *err)
{
	struct date date = { 0 };
	int *day = out;

	(void)size;
	if (text[0] && (!date_from_iso(text, &date, err) || !date_valid(date)))
		return refuse(err, _("AAAA-MM-JJ est attendu"));
	*day = number(date);
	return true;
}

static bool read_nir(void *out, size_t size, const char *text, struct err *err)
{
	struct nir nir;

	if (!nir_parse(text, &nir, err))
		return false;
	if (!nir.key_given)
		return refuse(err, _("15 caractères attendus, clé comprise"));
	return text_copy(out, size, nir.number);
}

static bool read_phone(void *out, size_t size, const char *text, struct err *err)
{
	char *phone = out;

	(void)size;
	if (text[strspn(text, "0123456789 .-+()")])
		return refuse(err, _("un numéro de téléphone est attendu"));
	people_phone(text, phone);
	return phone[0] == '\0' ||
		(strlen(phone) >= PHONE_LEAST && strlen(phone) <= PHONE_MOST) ||
		refuse(err, _("un numéro de téléphone est attendu"));
}

static bool read_email(void *out, size_t size, const char *text, struct err *err)
{
	const char *at = strchr(text, '@');

	if (text[0] && (!at || at == text || !at[1] || strchr(at + 1, '@') ||
			strpbrk(text, " ,;<>")))
		return refuse(err, _("une adresse électronique est attendue"));
	if (!read_text(out, size, text, err))
		return false;
	for (char *c = out; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return true;
}

static bool read_postcode(void *out, size_t size, const char *text,
			  struct err *err)
{
	if (text[0] && (strlen(text) != 5 || strspn(text, "0123456789") != 5))
		return refuse(err, _("5 chiffres attendus"));
	return text_copy(out, size, text);
}

static bool read_iban(void *out, size_t size, const char *text, struct err *err)
{
	struct iban iban = { "" };

	return (text[0] == '\0' || iban_parse(text, &iban, err)) &&
		text_copy(out, size, iban.number);
}

#define MEMBER(member) offsetof(struct import_person, member), \
	sizeof(((struct import_person *)0)->member)

static const struct column {
	const char *name;
	size_t offset, size;
	/* Read a field into the member at `out`. */
	bool (*read)(void *out, size_t size, const char *text, struct err *err);
	bool needed;                    /* in the first line */
} columns[] = {
	{ "file", MEMBER(file), read_needed, true },
	{ "kinship", MEMBER(kinship), read_kinship, true },
	{ "sex", MEMBER(sex), read_sex, true },
	{ "birth", MEMBER(birth), read_birth, true },
	{ "nir", MEMBER(nir), read_nir, true },
	{ "name", MEMBER(name), read_needed, true },
	{ "used_name", MEMBER(used_name), read_text, false },
	{ "first_names", MEMBER(first_names), read_needed, true },
	{ "birth_place", MEMBER(birth_place), read_text, false },
	{ "birth_rank", MEMBER(rank), read_rank, false },
	{ "both_parents", MEMBER(both_parents), read_both, false },
	{ "centre", MEMBER(centre), read_text, false },
	{ "address1", MEMBER(address1), read_text, false },
	{ "address2", MEMBER(address2), read_text, false },
	{ "postcode", MEMBER(postcode), read_postcode, false },
	{ "city", MEMBER(city), read_text, false },
	{ "phone", MEMBER(phone), read_phone, false },
	{ "email", MEMBER(email), read_email, false },
	{ "iban", MEMBER(iban), read_iban, false },
	{ "rights_from", MEMBER(rights_from), read_day, true },
	{ "rights_until", MEMBER(rights_until), read_day, false },
};
_Static_assert(sizeof(columns) / sizeof(*columns) == IMPORT_COLUMNS,
	       "import_header has a place for every column");

static int find_column(const char *name)
{
	for (int at = 0; at < IMPORT_COLUMNS; at++)
		if (strcmp(columns[at].name, name) == 0)
			return at;
	return -1;
}

bool import_read_header(struct import_header *header, char *line,
			struct err *err)
{
	bool there[IMPORT_COLUMNS] = { false };
	char *fields[IMPORT_COLUMNS];

	if (strncmp(line, "\xEF\xBB\xBF", 3) == 0)
		line += 3;
	header->separator = strchr(line, ';') ? ';' : ',';
	header->count = csv_split(line, header->separator, fields,
				  IMPORT_COLUMNS);
	if (header->count < 0)
		return refuse(err, _("la première ligne nomme les colonnes"));
	for (int at = 0; at < header->count; at++) {
		int column = find_column(fields[at]);

		if (column < 0 || there[column])
			return err_set(err, ERR_INVALID, column < 0 ?
				_("colonne inconnue « %s »") :
				_("colonne « %s » deux fois"), fields[at]);
		there[column] = true;
		header->column[at] = column;
	}
	for (int at = 0; at < IMPORT_COLUMNS; at++)
		if (columns[at].needed && !there[at])
			return err_set(err, ERR_INVALID,
				       _("il manque la colonne « %s »"),
				       columns[at].name);
	return true;
}

bool import_read_person(const struct import_header *header, char *line,
			struct date today, struct import_person *person,
			struct err *err)
{
	char *fields[IMPORT_COLUMNS];
	int count = csv_split(line, header->separator, fields, IMPORT_COLUMNS);

	*person = (struct import_person){ .rank = 1 };
	if (count < 0)
		return refuse(err, _("guillemets ou colonnes en trop"));
	if (count != header->count)
		return err_set(err, ERR_INVALID, _("%d colonnes au lieu de %d"),
			       count, header->count);
	for (int at = 0; at < count; at++) {
		const struct column *column = &columns[header->column[at]];

		text_trim(fields[at]);
		if (!column->read((char *)person + column->offset, column->size,
				  fields[at], err))
			return err_wrap(err, "%s", column->name);
	}
	if (person->birth > number(today))
		return refuse(err, _("birth : cette date est à venir"));
	if (person->kinship == KIN_INSURED && person->rights_from == 0)
		return refuse(err, _("rights_from : il en faut un pour l'assuré"));
	return true;
}
