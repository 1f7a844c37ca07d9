/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memory lacks|holds TEXT: look for a text in all that the program can write of
 * its memory, as UTF-8 and as UTF-32.  Another process may only do that as root:
 * for anybody else the word says so and passes. */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 1 << 20, FORMS = 2 };

struct canary {
	char bytes[FORMS][ROW_SIZE];
	size_t size[FORMS];
};

static uint32_t next_character(const char **text)
{
	const unsigned char *p = (const unsigned char *)*text;
	int more = *p < 0x80 ? 0 : *p < 0xE0 ? 1 : *p < 0xF0 ? 2 : 3;
	uint32_t c = more ? *p & (0x3Fu >> more) : *p;

	for (int i = 1; i <= more; i++)
		c = c << 6 | (p[i] & 0x3F);
	*text += more + 1;
	return c;
}

static void make_canary(struct canary *canary, const char *text)
{
	canary->size[0] = (size_t)snprintf(canary->bytes[0], ROW_SIZE, "%s", text);
	canary->size[1] = 0;
	while (*text && canary->size[1] + 4 < ROW_SIZE) {
		uint32_t c = next_character(&text);

		memcpy(canary->bytes[1] + canary->size[1], &c, sizeof(c));
		canary->size[1] += sizeof(c);
	}
}

/* How often it stands between two addresses; blocks overlap by its length. */
static int count_in(int fd, unsigned long from, unsigned long to,
		    const struct canary *canary, char *block)
{
	int count = 0;

	while (from < to) {
		size_t want = to - from < BLOCK ? to - from : BLOCK;
		ssize_t n = pread(fd, block, want, (off_t)from);

		if (n <= 0)
			break;
		for (int form = 0; form < FORMS; form++) {
			const char *at = block, *end = block + n;

			while ((at = memmem(at, (size_t)(end - at), canary->bytes[form],
					    canary->size[form]))) {
				if (getenv("MEMORY_TRACE"))
					printf("at %lx: %.40s\n",
					       from + (unsigned long)(at - block), at);
				count++;
				at++;
			}
		}
		if ((size_t)n < want || (size_t)n <= ROW_SIZE)
			break;
		from += (unsigned long)n == to - from ? (unsigned long)n
						       : (unsigned long)n - ROW_SIZE;
	}
	return count;
}

/* -1: it cannot be read. */
static int count_all(pid_t pid, const struct canary *canary)
{
	char path[64], line[ROW_SIZE], mode[8];
	unsigned long from, to;
	int count = 0, fd;
	char *block;
	FILE *maps;

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	maps = fopen(path, "r");
	block = malloc(BLOCK);
	if (fd < 0 || !maps || !block)
		count = -1;
	while (count >= 0 && fgets(line, sizeof(line), maps))
		if (sscanf(line, "%lx-%lx %7s", &from, &to, mode) == 3 && mode[1] == 'w') {
			if (getenv("MEMORY_TRACE") && count_in(fd, from, to, canary, block))
				printf("in %s", line);
			count += count_in(fd, from, to, canary, block);
		}
	free(block);
	if (maps)
		fclose(maps);
	if (fd >= 0)
		close(fd);
	return count;
}

bool word_memory(struct run *r, char *arg)
{
	const char *check = strsep(&arg, " ");
	struct canary canary;
	int count;

#ifdef __SANITIZE_ADDRESS__
	/* They keep what is freed, and terabytes of shadow. */
	printf("%s:%d: memory is not looked at under the sanitizers\n", r->path, r->line);
	return true;
#endif
	if (!arg || (strcmp(check, "lacks") != 0 && strcmp(check, "holds") != 0))
		return run_fail(r, "memory lacks|holds TEXT");
	if (!term_settle(r->term, run_limit_ms()))
		return run_fail(r, "the program does not come to rest");
	make_canary(&canary, arg);
	count = count_all(r->term->pid, &canary);
	if (count < 0) {
		printf("%s:%d: not root: the memory cannot be read\n", r->path, r->line);
		return true;
	}
	if (!strcmp(check, "holds"))
		return count > 0 || run_fail(r, "« %s » is not in the memory", arg);
	return count == 0 || run_fail(r, "« %s » is %d times in the memory", arg, count);
}
