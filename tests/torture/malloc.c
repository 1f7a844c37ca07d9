/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An allocator that fails when it is told to, for a program that knows nothing of
 * it: built as fail_malloc.so, loaded by LD_PRELOAD.  The file that GUICHET_FAIL
 * names is a struct fail, mapped by whoever plays with the program. */
#include "fail.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct fail *told;

/* Whose turn it is after us. */
static struct {
	void *(*malloc)(size_t);
	void *(*calloc)(size_t, size_t);
	void *(*realloc)(void *, size_t);
	void (*free)(void *);
	int (*posix_memalign)(void **, size_t, size_t);
	void *(*aligned_alloc)(size_t, size_t);
	void *(*mmap)(void *, size_t, int, int, int, off_t);
} next;

static const struct {
	const char *name;
	size_t offset;
} functions[] = {
	{ "malloc", offsetof(__typeof__(next), malloc) },
	{ "calloc", offsetof(__typeof__(next), calloc) },
	{ "realloc", offsetof(__typeof__(next), realloc) },
	{ "free", offsetof(__typeof__(next), free) },
	{ "posix_memalign", offsetof(__typeof__(next), posix_memalign) },
	{ "aligned_alloc", offsetof(__typeof__(next), aligned_alloc) },
	{ "mmap", offsetof(__typeof__(next), mmap) },
};

/* What dlsym() and a sanitizer allocate before there is anybody to ask. */
static _Alignas(16) char early[65536];
static size_t early_used;
static int asking;

static void *take_early(size_t size)
{
	void *block = early + early_used;

	size = (size + 15) & ~(size_t)15;
	if (size > sizeof(early) - early_used)
		abort();
	early_used += size;
	return block;
}

static bool is_early(const void *block)
{
	return (uintptr_t)block - (uintptr_t)early < sizeof(early);
}

/* False while the functions are being looked for. */
static bool ready(void)
{
	if (next.mmap)
		return true;
	if (asking)
		return false;
	asking = 1;
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		void *at = dlsym(RTLD_NEXT, functions[i].name);

		if (!at)
			abort();
		memcpy((char *)&next + functions[i].offset, &at, sizeof(at));
	}
	asking = 0;
	return true;
}

__attribute__((constructor))
static void begin(void)
{
	const char *path = getenv("GUICHET_FAIL");
	int fd = path && ready() ? open(path, O_RDWR | O_CLOEXEC) : -1;
	void *shared;

	if (fd < 0)
		return;
	shared = next.mmap(NULL, sizeof(*told), PROT_READ | PROT_WRITE, MAP_SHARED,
			   fd, 0);
	close(fd);
	if (shared != MAP_FAILED)
		told = shared;
}

static bool fails(void)
{
	if (!told || !fail_now(told))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	if (!ready())
		return take_early(size);
	return fails() ? NULL : next.malloc(size);
}

void *calloc(size_t count, size_t size)
{
	if (!ready())
		return take_early(count * size);
	return fails() ? NULL : next.calloc(count, size);
}

void *realloc(void *block, size_t size)
{
	void *grown;

	if (block && !is_early(block))
		return fails() ? NULL : next.realloc(block, size);
	grown = malloc(size);
	/* What is behind it in the arena is ours too. */
	if (grown && block)
		memcpy(grown, block, size < 1024 ? size : 1024);
	return grown;
}

void *reallocarray(void *block, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(block, count * size);
}

void free(void *block)
{
	if (block && !is_early(block))
		next.free(block);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
	return ready() && !fails() ? next.posix_memalign(block, alignment, size) :
		ENOMEM;
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return ready() && !fails() ? next.aligned_alloc(alignment, size) : NULL;
}

void *memalign(size_t alignment, size_t size)
{
	void *block;

	return posix_memalign(&block, alignment, size) == 0 ? block : NULL;
}

void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
	if (!ready()) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	if (flags & MAP_ANONYMOUS && fails())
		return MAP_FAILED;
	return next.mmap(at, size, protection, flags, fd, offset);
}
