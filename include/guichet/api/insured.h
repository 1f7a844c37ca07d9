/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding people, their file, their family, their rights. */
#ifndef GUICHET_API_INSURED_H
#define GUICHET_API_INSURED_H

#include <guichet/api/common.h>

enum understood {
	UNDERSTOOD_NIR, UNDERSTOOD_NAME, UNDERSTOOD_NAME_BIRTH, UNDERSTOOD_BIRTH,
	UNDERSTOOD_PHONE, UNDERSTOOD_EMAIL, UNDERSTOOD_REQUEST,
	UNDERSTOOD_APPOINTMENT, UNDERSTOOD_N
};
extern const char *const understood_names[UNDERSTOOD_N + 1];

struct search_query {
	char text[201];                 /* whatever the person gave */
};

enum found_by { FOUND_EXACT, FOUND_PHONETIC, FOUND_OLD_NIR, FOUND_BY_N };
extern const char *const found_by_names[FOUND_BY_N + 1];

#define SEARCH_MAX 20

/* Only what tells people apart. */
struct found {
	char insured_id[ID_TEXT];       /* the file to open */
	char beneficiary_id[ID_TEXT];   /* the person meant in that file */
	bool is_insured;
	char name[NAME_SIZE];           /* birth name */
	char used_name[NAME_SIZE];      /* or "" */
	char first_names[NAME_SIZE];
	int64_t birth_year;
	char commune[NAME_SIZE];
	char nir_masked[MASK_SIZE];
	int by;                         /* enum found_by */
	char target_id[ID_TEXT];        /* request or appointment found, or "" */
};

struct search_answer {
	int understood;
	bool more;                      /* others exist: refine */
	size_t count;
	struct found found[SEARCH_MAX];
};

enum sex { SEX_M, SEX_F, SEX_N };
extern const char *const sex_names[SEX_N + 1];

enum c2s { C2S_NO, C2S_FREE, C2S_PAID, C2S_N };
extern const char *const c2s_names[C2S_N + 1];

struct insured {
	char id[ID_TEXT];
	char name[NAME_SIZE];           /* birth name */
	char used_name[NAME_SIZE];
	char first_names[NAME_SIZE];
	int sex;
	struct date birth;              /* tier 1 */
	char birth_place[NAME_SIZE];    /* tier 1 */
	char nir[14], nir_key[3];       /* tier 1; else "" */
	char nir_masked[MASK_SIZE];
	bool nir_temporary;
	char caisse[6], caisse_name[LABEL_SIZE], centre[6];
	bool rights_open;
	struct date rights_until;       /* none: no end known */
	bool treating_doctor;           /* declared */
	int c2s;
	bool exempt;                    /* an exemption runs; never the disease */
	bool account;                   /* has an ameli account */
	char address1[NAME_SIZE], address2[NAME_SIZE]; /* tier 1 */
	char postcode[6], city[NAME_SIZE];
	char phone[20], email[NAME_SIZE]; /* tier 1, else masked */
	char iban_masked[MASK_SIZE];    /* tier 2, else "" */
	int64_t family_count;
	char message[NOTE_SIZE];        /* note on the file, or "" */
	int64_t mask_tier;
};

enum kinship { KIN_INSURED, KIN_SPOUSE, KIN_CHILD, KIN_OTHER, KIN_N };
extern const char *const kinship_names[KIN_N + 1];

struct beneficiary {
	char id[ID_TEXT];
	char name[NAME_SIZE], used_name[NAME_SIZE], first_names[NAME_SIZE];
	int kinship;
	int sex;
	struct date birth;              /* tier 1 */
	int64_t birth_year;
	int64_t rank;                   /* of birth, twins; 1..9 */
	char nir_masked[MASK_SIZE];
	bool rights_open;
	bool both_parents;              /* attached to two insured persons */
	bool ehic_valid;                /* holds a valid EHIC now */
	struct date ehic_until;
	int64_t mask_tier;
};

enum right_kind { RIGHT_BASE, RIGHT_EXEMPTION, RIGHT_DOCTOR, RIGHT_COMPLEMENTARY,
	RIGHT_C2S, RIGHT_KIND_N };
extern const char *const right_kind_names[RIGHT_KIND_N + 1];

struct right {
	char id[ID_TEXT];
	int kind;
	char beneficiary_id[ID_TEXT];
	char beneficiary_name[NAME_SIZE]; /* first name */
	char label[LABEL_SIZE];         /* "Droits de base (PUMa)" */
	struct date from, to;           /* to: none while open */
	bool active;
	char organism[LABEL_SIZE], number[24]; /* doctor, insurer; or "" */
	bool noemie;
	int64_t rate_pct;               /* exemption: 100; else CODEC_NONE */
	int64_t mask_tier;
};

extern const struct codec search_query_codec, found_codec, search_answer_codec,
	insured_codec, beneficiary_codec, right_codec;

/* search.unclear 422 when the text can be understood in no way; the detail says
 * why in words ("la clé devrait être 60"). */
extern const struct api_op api_insured_search, api_insured_get,
	api_beneficiary_list, api_right_list;

#endif
