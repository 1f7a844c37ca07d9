/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disk.h"
#include "image.h"

#include <guichet/base/mem.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILES 4
#define SECTOR 512

struct bytes { unsigned char *data; size_t size, room; };

struct pending { int64_t at; size_t size; unsigned char *data; };

struct image {
	char path[256];
	struct bytes durable;           /* what is there whatever happens */
	struct bytes left;              /* what the cut has left */
	struct pending *pending;
	size_t count, room;
	bool was_there;                 /* at the cut */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct image images[FILES];
static bool remembers, lost;
static long countdown;
static unsigned seed;
static void (*told)(void);

static unsigned next_random(void)
{
	seed = seed * 1103515245u + 12345u;
	return seed >> 8;
}

static void put(struct bytes *bytes, const unsigned char *data, size_t size,
		size_t at)
{
	if (size == 0)
		return;
	if (at + size > bytes->room) {
		bytes->room = (at + size) * 2;
		bytes->data = mem_grow(bytes->data, bytes->room, 1);
	}
	if (at > bytes->size)
		memset(bytes->data + bytes->size, 0, at - bytes->size);
	memcpy(bytes->data + at, data, size);
	if (at + size > bytes->size)
		bytes->size = at + size;
}

static void apply(struct bytes *bytes, const struct pending *one, size_t size)
{
	if (one->data)
		put(bytes, one->data, size, (size_t)one->at);
	else if ((size_t)one->at < bytes->size)
		bytes->size = (size_t)one->at;
}

/* The image of a file; a first one is as the file is now. */
static struct image *image_of(const char *path)
{
	struct image *image = images;
	unsigned char block[4096];
	FILE *file;
	size_t n;

	while (image < images + FILES && image->path[0] &&
	       strcmp(image->path, path) != 0)
		image++;
	if (image == images + FILES)
		abort();
	if (image->path[0])
		return image;
	snprintf(image->path, sizeof(image->path), "%s", path);
	file = fopen(path, "r");
	while (file && (n = fread(block, 1, sizeof(block), file)) > 0)
		put(&image->durable, block, n, image->durable.size);
	if (file)
		fclose(file);
	return image;
}

void image_write(const char *path, const void *data, size_t size, int64_t at)
{
	struct image *image;
	struct pending *one;

	pthread_mutex_lock(&lock);
	if (!remembers)
		goto out;
	image = image_of(path);
	if (image->count == image->room) {
		image->room = image->room * 2 + 16;
		image->pending = mem_grow(image->pending, image->room,
					  sizeof(*image->pending));
	}
	one = &image->pending[image->count++];
	one->at = at;
	one->size = size;
	one->data = data ? memcpy(mem_new(size, 1), data, size) : NULL;
out:
	pthread_mutex_unlock(&lock);
}

static void empty(struct image *image)
{
	for (size_t i = 0; i < image->count; i++)
		free(image->pending[i].data);
	image->count = 0;
}

static void release(struct image *image)
{
	empty(image);
	free(image->pending);
	free(image->durable.data);
	free(image->left.data);
	memset(image, 0, sizeof(*image));
}

void image_open(const char *path)
{
	pthread_mutex_lock(&lock);
	if (remembers)
		image_of(path);
	pthread_mutex_unlock(&lock);
}

/* SQLite asks that a removal be durable when it matters. */
void image_remove(const char *path)
{
	pthread_mutex_lock(&lock);
	for (struct image *image = images; image < images + FILES; image++)
		if (strcmp(image->path, path) == 0 && !image->was_there)
			release(image);
	pthread_mutex_unlock(&lock);
}

void image_sync(const char *path)
{
	struct image *image;

	pthread_mutex_lock(&lock);
	if (remembers) {
		image = image_of(path);
		for (size_t i = 0; i < image->count; i++)
			apply(&image->durable, &image->pending[i],
			      image->pending[i].size);
		empty(image);
	}
	pthread_mutex_unlock(&lock);
}

/* Half of what was not synced is there, some of it in part, and not always in the
 * order in which it was told. */
static void cut(struct image *image)
{
	size_t *order = mem_new(image->count, sizeof(*order));

	image->left.size = 0;
	put(&image->left, image->durable.data, image->durable.size, 0);
	for (size_t i = 0; i < image->count; i++)
		order[i] = i;
	for (size_t i = image->count; seed % 3 == 0 && i > 1; i--) {
		size_t k = next_random() % i, was = order[i - 1];

		order[i - 1] = order[k];
		order[k] = was;
	}
	for (size_t i = 0; i < image->count; i++) {
		const struct pending *one = &image->pending[order[i]];
		unsigned chance = next_random() % 8;

		if (chance < 3)
			apply(&image->left, one, one->size);
		else if (chance == 3 && one->size > SECTOR)
			apply(&image->left, one, SECTOR *
			      (1 + next_random() % (one->size / SECTOR)));
	}
	image->was_there = image->path[0] != '\0';
	free(order);
}

void image_tick(void)
{
	pthread_mutex_lock(&lock);
	if (remembers && countdown > 0 && --countdown == 0) {
		for (struct image *image = images; image < images + FILES; image++)
			cut(image);
		lost = true;
		if (told)
			told();
	}
	pthread_mutex_unlock(&lock);
}

void disk_remember(void)
{
	pthread_mutex_lock(&lock);
	remembers = true;
	pthread_mutex_unlock(&lock);
}

void disk_cut_power(long nth, unsigned with_seed, void (*meanwhile)(void))
{
	pthread_mutex_lock(&lock);
	lost = false;
	seed = with_seed;
	told = meanwhile;
	countdown = nth;
	pthread_mutex_unlock(&lock);
}

bool disk_has_lost_power(void)
{
	bool has;

	pthread_mutex_lock(&lock);
	has = lost;
	pthread_mutex_unlock(&lock);
	return has;
}

void disk_take_image(const char *folder)
{
	for (struct image *image = images; image < images + FILES; image++) {
		char path[600];
		FILE *file;

		if (!image->was_there)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder,
			 strrchr(image->path, '/') + 1);
		file = fopen(path, "w");
		if (!file || fwrite(image->left.data, 1, image->left.size, file) !=
		    image->left.size || fclose(file) != 0)
			abort();
	}
}

void disk_forget(void)
{
	pthread_mutex_lock(&lock);
	remembers = false;
	for (struct image *image = images; image < images + FILES; image++)
		release(image);
	pthread_mutex_unlock(&lock);
}
