/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client_private.h"

#include <guichet/base/text.h>

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A page of its own: locking and hiding work on whole pages. */
static void get_page(struct token *token)
{
	void *page;

	token->size = (size_t)sysconf(_SC_PAGESIZE);
	page = mmap(NULL, token->size, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED)
		abort();
	/* Both may be refused (limits, old kernels): the token still works. */
	(void)mlock(page, token->size);
	(void)madvise(page, token->size, MADV_DONTDUMP);
	token->page = page;
}

void token_set(struct token *token, const char *text)
{
	if (!token->page && !text)
		return;
	if (!token->page)
		get_page(token);
	explicit_bzero(token->page, token->size);
	if (text)
		text_copy(token->page, token->size, text);
}

const char *token_text(const struct token *token)
{
	return token->page && token->page[0] ? token->page : NULL;
}

void token_fini(struct token *token)
{
	if (!token->page)
		return;
	explicit_bzero(token->page, token->size);
	munmap(token->page, token->size);
	token->page = NULL;
}
