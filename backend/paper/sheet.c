/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet.h"
#include "page.h"
#include "press.h"

#include <guichet/base/mem.h>

#include <stdlib.h>
#include <string.h>

struct sheet {
	struct press *press;
	struct buf told;
	struct buf *out;
};

static void tell(struct sheet *sheet, const char *text)
{
	buf_add(&sheet->told, text, strlen(text) + 1);
}

static void add(struct sheet *sheet, enum page_block kind, const char *text,
		const char *value)
{
	char block = (char)kind;

	buf_add(&sheet->told, &block, 1);
	tell(sheet, text);
	tell(sheet, value);
}

struct sheet *sheet_open(const struct sheet_head *head, struct buf *out)
{
	const struct page_moment moment = { head->made_ms, head->zone };
	struct sheet *sheet = mem_new(1, sizeof(*sheet));

	sheet->press = head->press;
	sheet->out = out;
	buf_init(&sheet->told, PAGE_TOLD_MOST);
	buf_add(&sheet->told, &moment, sizeof(moment));
	tell(sheet, head->caisse);
	tell(sheet, head->title);
	tell(sheet, head->number);
	return sheet;
}

void sheet_section(struct sheet *sheet, const char *text)
{
	add(sheet, PAGE_SECTION, text, "");
}

void sheet_text(struct sheet *sheet, const char *text)
{
	add(sheet, PAGE_TEXT, text, "");
}

void sheet_item(struct sheet *sheet, const char *text)
{
	add(sheet, PAGE_ITEM, text, "");
}

void sheet_field(struct sheet *sheet, const char *label, const char *value)
{
	if (*value)
		add(sheet, PAGE_FIELD, label, value);
}

void sheet_mark(struct sheet *sheet, const char *text)
{
	add(sheet, PAGE_MARK, text, "");
}

bool sheet_close(struct sheet *sheet, struct err *err)
{
	bool ok = press_print(sheet->press, &sheet->told, sheet->out, err);

	buf_fini(&sheet->told);
	free(sheet);
	return ok;
}
