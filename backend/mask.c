/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask.h"
#include "handlers/payment.h"

#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

#define MEMBER_MAX 512                  /* bytes of the largest member */

void mask_phone(const char *phone, char *out, size_t out_size)
{
	char first[3] = "", last[3] = "";
	size_t digits = 0;

	for (; *phone; phone++) {
		if (*phone < '0' || *phone > '9')
			continue;
		if (digits++ < 2)
			first[digits - 1] = *phone;
		last[0] = last[1];
		last[1] = *phone;
	}
	if (digits == 0)
		out[0] = '\0';
	else
		snprintf(out, out_size, "%s ** ** ** %.2s", first,
			 digits < 4 ? "**" : last);
}

void mask_email(const char *email, char *out, size_t out_size)
{
	const char *at = strchr(email, '@');
	const char *after = email, *end = email + strlen(email);

	out[0] = '\0';
	if (!at || at == email)
		return;
	text_next(&after, end);
	snprintf(out, out_size, "%.*s***%s", (int)(after - email), email, at);
}

static void hide_all(void *member, size_t size)
{
	memset(member, 0, size);
}

static void hide_number(void *member, size_t size)
{
	int64_t none = CODEC_NONE;

	memcpy(member, &none, size);
}

static void hide_phone(void *member, size_t size)
{
	char masked[MEMBER_MAX];

	mask_phone(member, masked, sizeof(masked));
	text_copy(member, size, masked);
}

static void hide_email(void *member, size_t size)
{
	char masked[MEMBER_MAX];

	mask_email(member, masked, sizeof(masked));
	text_copy(member, size, masked);
}

/* An act tells an illness: what is left is the family of the payment. */
static void hide_act(void *member, size_t size)
{
	const struct payment *payment = (const void *)
		((const char *)member - offsetof(struct payment, label));

	memset(member, 0, size);
	text_copy(member, size, payment_family(payment->kind));
}

static const struct mask_rule insured_rules[] = {
	{ CODEC_MEMBER(struct insured, birth), TIER_SIMPLE, hide_all },
	{ CODEC_MEMBER(struct insured, birth_place), TIER_SIMPLE, hide_all },
	{ CODEC_MEMBER(struct insured, nir), TIER_SIMPLE, hide_all },
	{ CODEC_MEMBER(struct insured, nir_key), TIER_SIMPLE, hide_all },
	{ CODEC_MEMBER(struct insured, address1), TIER_SIMPLE, hide_all },
	{ CODEC_MEMBER(struct insured, address2), TIER_SIMPLE, hide_all },
	/* asked as a proof: it is not read to who has to say it */
	{ CODEC_MEMBER(struct insured, postcode), TIER_SIMPLE, hide_all },
	{ CODEC_MEMBER(struct insured, phone), TIER_SIMPLE, hide_phone },
	{ CODEC_MEMBER(struct insured, email), TIER_SIMPLE, hide_email },
	{ CODEC_MEMBER(struct insured, iban_masked), TIER_STRONG, hide_all },
	{ 0 },
};

static const struct mask_rule beneficiary_rules[] = {
	{ CODEC_MEMBER(struct beneficiary, birth), TIER_SIMPLE, hide_all },
	{ 0 },
};

static const struct mask_rule right_rules[] = {
	{ CODEC_MEMBER(struct right, number), TIER_SIMPLE, hide_all },
	{ CODEC_MEMBER(struct right, rate_pct), TIER_STRONG, hide_number },
	{ 0 },
};

static const struct mask_rule payment_rules[] = {
	{ CODEC_MEMBER(struct payment, label), TIER_STRONG, hide_act },
	/* so does the name of a specialist */
	{ CODEC_MEMBER(struct payment, payee_name), TIER_STRONG, hide_all },
	{ CODEC_MEMBER(struct payment, amount_cts), TIER_STRONG, hide_number },
	{ 0 },
};

static const struct mask_rule payment_totals_rules[] = {
	{ CODEC_MEMBER(struct payment_totals, amount_cts), TIER_STRONG,
	  hide_number },
	{ CODEC_MEMBER(struct payment_totals, withheld_cts), TIER_STRONG,
	  hide_number },
	{ 0 },
};

const struct mask_table mask_tables[] = {
	{ &insured_codec, offsetof(struct insured, mask_tier), insured_rules },
	{ &beneficiary_codec, offsetof(struct beneficiary, mask_tier),
	  beneficiary_rules },
	{ &right_codec, offsetof(struct right, mask_tier), right_rules },
	{ &payment_codec, offsetof(struct payment, mask_tier), payment_rules },
	{ &payment_totals_codec, 0, payment_totals_rules },
	{ 0 },
};

/* A member with nothing in it is not hidden: no proof would show more. */
static bool hide(const struct mask_rule *rule, char *member)
{
	char before[MEMBER_MAX];

	memcpy(before, member, rule->size);
	rule->hide(member, rule->size);
	return memcmp(before, member, rule->size) != 0;
}

static void apply(const struct mask_table *table, char *value, int tier)
{
	int64_t needed = TIER_NONE;

	for (const struct mask_rule *rule = table->rules; rule->size; rule++) {
		if (tier < rule->tier && hide(rule, value + rule->offset) &&
		    rule->tier > needed)
			needed = rule->tier;
	}
	if (table->says && needed > TIER_NONE)
		memcpy(value + table->says, &needed, sizeof(needed));
}

void mask_value(const struct codec *codec, void *value, int tier)
{
	for (const struct mask_table *table = mask_tables; table->codec; table++) {
		if (table->codec == codec)
			apply(table, value, tier);
	}
}

void mask_rows(const struct codec *codec, struct rows *rows, int tier)
{
	for (size_t i = 0; codec && i < rows->count; i++)
		mask_value(codec, rows_at(rows, i), tier);
}
