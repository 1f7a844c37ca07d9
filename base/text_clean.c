/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/text.h>
#include "text_table.h"

#include <string.h>

#define MARKS_MAX 2                     /* on a base, as given and as written */
#define CLUSTER_SIZE 20                 /* base and 4 marks, 4 bytes each */

/* A base and its marks, taken apart. */
struct cluster {
	uint32_t base;
	uint32_t marks[4];              /* two inside the base, two after it */
	int count;
};

static void take_apart(struct cluster *cluster)
{
	uint32_t base, mark;

	while (text_table_split(cluster->base, &base, &mark)) {
		memmove(cluster->marks + 1, cluster->marks,
			(size_t)cluster->count * sizeof(*cluster->marks));
		cluster->base = base;
		cluster->marks[0] = mark;
		cluster->count++;
	}
}

/* Unicode 3.11 D109: marks of different classes go in the order of the class. */
static void sort_marks(struct cluster *cluster)
{
	uint32_t *m = cluster->marks;

	for (int i = 1; i < cluster->count; i++) {
		for (int j = i; j > 0; j--) {
			int order = text_table_order(m[j]);
			uint32_t swap = m[j];

			if (order == 0 || text_table_order(m[j - 1]) <= order)
				break;
			m[j] = m[j - 1];
			m[j - 1] = swap;
		}
	}
}

/* Unicode 3.11 D117: a mark joins the base unless one before it, kept apart,
 * stands at the same height. */
static void put_together(struct cluster *cluster)
{
	int kept = 0, last = 0;

	for (int i = 0; i < cluster->count; i++) {
		uint32_t mark = cluster->marks[i], composed = 0;
		int order = text_table_order(mark);

		if (kept == 0 || (last != 0 && last < order))
			composed = text_table_compose(cluster->base, mark);
		if (composed) {
			cluster->base = composed;
			continue;
		}
		cluster->marks[kept++] = mark;
		last = order;
	}
	cluster->count = kept;
}

/* Signs that Unicode holds to be the same letter as another. */
static uint32_t same_letter(uint32_t c)
{
	if (c == 0x212A)                /* kelvin */
		return 'K';
	return c == 0x212B ? 0xC5 : c;  /* angstrom */
}

/* Read a base and its marks at `*at` and write them clean; returns the bytes
 * written. */
static size_t clean_letter(const char **at, const char *end, uint32_t base,
			   char out[CLUSTER_SIZE])
{
	struct cluster cluster = { .base = same_letter(base) };
	const char *next = *at;
	size_t size;

	while (next < end && cluster.count < MARKS_MAX) {
		uint32_t mark = text_next(&next, end);

		if (text_table_class(mark) != TEXT_MARK)
			break;
		cluster.marks[cluster.count++] = mark;
		*at = next;
	}
	if (cluster.count > 0) {
		take_apart(&cluster);
		sort_marks(&cluster);
		put_together(&cluster);
	}
	size = text_put(out, cluster.base);
	for (int i = 0; i < cluster.count; i++)
		size += text_put(out + size, i < MARKS_MAX ? cluster.marks[i] :
				 TEXT_REPLACEMENT);
	return size;
}

static size_t clean_next(const char **at, const char *end,
			 enum text_lines lines, char out[CLUSTER_SIZE])
{
	uint32_t c = text_next(at, end);
	enum text_class class = text_table_class(c);

	if (class == TEXT_BASE)
		return clean_letter(at, end, c, out);
	if (class == TEXT_SPACE || (c == '\n' && lines == TEXT_MANY_LINES))
		return text_put(out, c);
	return text_put(out, TEXT_REPLACEMENT);
}

/* How many bytes from `at` on are printable ASCII that no mark follows: they are
 * clean as they are. */
static size_t plain_run(const char *at, const char *end)
{
	const char *start = at;

	while (at < end && *at >= ' ' && *at <= '~')
		at++;
	if (at < end && at > start)
		at--;
	return (size_t)(at - start);
}

bool text_clean(char *out, size_t out_size, const char *text, size_t size,
		enum text_lines lines)
{
	const char *at = text, *end = text + size;
	size_t used = 0;
	bool fits = out_size > 0;

	while (fits && at < end) {
		char cluster[CLUSTER_SIZE];
		const char *clean = at;
		size_t n = plain_run(at, end);

		if (n > out_size - used - 1)
			n = out_size - used - 1;
		at += n;
		if (n == 0) {
			n = clean_next(&at, end, lines, cluster);
			clean = cluster;
		}
		fits = n < out_size - used;
		if (fits) {
			memcpy(out + used, clean, n);
			used += n;
		}
	}
	if (out_size > 0)
		out[used] = '\0';
	return fits;
}

bool text_is_clean(const char *text, enum text_lines lines)
{
	const char *at = text, *end = text + strlen(text);

	while (at < end) {
		char cluster[CLUSTER_SIZE];
		const char *start = at;
		size_t n = clean_next(&at, end, lines, cluster);

		if (n != (size_t)(at - start) || memcmp(start, cluster, n) != 0)
			return false;
	}
	return true;
}
