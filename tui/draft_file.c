/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of drafts: sealed under the key of the agent, in a folder that is
 * this user's alone.  Names are TAG-KEY.draft: TAG names the key of the agent
 * without telling it, so that two agents of one desk keep out of each other's
 * way, and KEY is the idempotency key of the form.  The name is sealed with the
 * content: a draft passed off under another name does not open. */
#include "draft.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <guichet/base/log.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "guichet-draft 2\n"
#define MAGIC_SIZE (sizeof(MAGIC) - 1)
#define SEALED_MAX (DRAFT_MAX + 256)
#define PATH_SIZE 600

static void make_folders(const char *folder)
{
	char path[PATH_SIZE];

	if (!text_copy(path, sizeof(path), folder))
		return;
	for (char *slash = strchr(path + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	mkdir(path, 0700);
}

/* Somebody else's folder, or a link to one, is no place for drafts. */
static int open_folder(const struct ui *ui)
{
	int fd = open(ui->setup.draft_directory,
		      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat about;

	if (fd < 0)
		return -1;
	if (fstat(fd, &about) == 0 && about.st_uid == geteuid() &&
	    ((about.st_mode & 077) == 0 || fchmod(fd, 0700) == 0))
		return fd;
	close(fd);
	errno = EPERM;
	return -1;
}

static bool write_synced(int folder, const char *name, const struct buf *buf)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW |
			O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0)
		return false;
	ok = fchmod(fd, 0600) == 0 &&
	     write(fd, buf->data, buf->size) == (ssize_t)buf->size &&
	     fsync(fd) == 0;
	return close(fd) == 0 && ok;
}

static bool put_in_place(int folder, const char *id, const struct buf *buf)
{
	char beside[DRAFT_NAME_SIZE + 8];

	snprintf(beside, sizeof(beside), "%s.new", id);
	if (write_synced(folder, beside, buf) &&
	    renameat(folder, beside, folder, id) == 0)
		return fsync(folder) == 0;
	unlinkat(folder, beside, 0);
	return false;
}

bool draft_write_file(struct ui *ui, const char *id, const struct buf *plain)
{
	struct buf sealed;
	bool ok = false;
	int folder;

	make_folders(ui->setup.draft_directory);
	folder = open_folder(ui);
	buf_init(&sealed, SEALED_MAX);
	if (folder >= 0) {
		ok = buf_text(&sealed, MAGIC) &&
		     secret_seal(&ui->draft_key, id, plain, &sealed) &&
		     put_in_place(folder, id, &sealed);
		close(folder);
	}
	if (!ok)
		log_event(LOG_WARN, "draft.unsaved", "reason", strerror(errno),
			  NULL);
	buf_fini(&sealed);
	return ok;
}

static bool read_sealed(int folder, const char *id, struct buf *out)
{
	int fd = openat(folder, id, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat about;
	char block[4096];
	ssize_t n = -1;

	if (fd < 0)
		return false;
	if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode))
		while ((n = read(fd, block, sizeof(block))) > 0)
			if (!buf_add(out, block, (size_t)n))
				break;
	close(fd);
	return n == 0 && out->size > MAGIC_SIZE &&
	       memcmp(out->data, MAGIC, MAGIC_SIZE) == 0;
}

static bool is_mine(const struct ui *ui, const char *id)
{
	return strncmp(id, ui->draft_tag, SECRET_TAG_SIZE - 1) == 0 &&
	       id[SECRET_TAG_SIZE - 1] == '-' && !strchr(id, '/');
}

static char *read_in(const struct ui *ui, int folder, const char *id)
{
	struct buf sealed, plain;
	char *text = NULL;

	buf_init(&sealed, SEALED_MAX);
	buf_init(&plain, DRAFT_MAX);
	if (read_sealed(folder, id, &sealed)) {
		memmove(sealed.data, sealed.data + MAGIC_SIZE,
			sealed.size - MAGIC_SIZE);
		sealed.size -= MAGIC_SIZE;
		if (secret_open(&ui->draft_key, id, &sealed, &plain))
			text = mem_text(buf_cstr(&plain));
	}
	draft_wipe(&plain);
	buf_fini(&sealed);
	return text;
}

char *draft_read_file(const struct ui *ui, const char *id)
{
	char *text;
	int folder;

	if (!ui->setup.draft_directory || !ui->draft_key.bytes || !is_mine(ui, id))
		return NULL;
	folder = open_folder(ui);
	if (folder < 0)
		return NULL;
	text = read_in(ui, folder, id);
	close(folder);
	return text;
}

void draft_remove_file(const struct ui *ui, const char *id)
{
	int folder;

	if (!ui->setup.draft_directory || !is_mine(ui, id))
		return;
	folder = open_folder(ui);
	if (folder < 0)
		return;
	unlinkat(folder, id, 0);
	close(folder);
}

static bool ends_with(const char *name, const char *end)
{
	size_t size = strlen(name), tail = strlen(end);

	return size > tail && strcmp(name + size - tail, end) == 0;
}

static bool is_old(int folder, const char *name)
{
	struct stat about;

	return fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
	       clock_now_ms() - about.st_mtime * INT64_C(1000) > DRAFT_KEPT_MS;
}

/* One entry of the folder: told when it is a draft of this agent; put away when
 * nobody will ever take it up. */
static void look_at(const struct ui *ui, int folder, const char *name,
		    const struct draft_reader *reader)
{
	char *text;

	if (!ends_with(name, ".draft")) {
		if (ends_with(name, ".draft.new") && is_old(folder, name))
			unlinkat(folder, name, 0);
		return;
	}
	if (!is_mine(ui, name)) {
		if (is_old(folder, name) || name[SECRET_TAG_SIZE - 1] != '-')
			unlinkat(folder, name, 0);
		return;
	}
	text = read_in(ui, folder, name);
	if (!text || !reader->found(reader->self, name, text))
		unlinkat(folder, name, 0);
	if (!text)
		reader->refused(reader->self);
	draft_wipe_text(text);
}

void draft_each_file(const struct ui *ui, const struct draft_reader *reader)
{
	struct dirent *entry;
	bool given = false;
	int folder;
	DIR *all;

	if (!ui->setup.draft_directory || !ui->draft_key.bytes)
		return;
	folder = open_folder(ui);
	if (folder < 0)
		return;
	while (!(all = fdopendir(folder)) && errno == ENOMEM)
		mem_again(&given);
	if (!all) {
		close(folder);
		return;
	}
	while ((entry = readdir(all)) != NULL)
		if (entry->d_name[0] != '.' &&
		    strlen(entry->d_name) < DRAFT_NAME_SIZE + 4)
			look_at(ui, folder, entry->d_name, reader);
	closedir(all);
}

void draft_wipe(struct buf *buf)
{
	if (buf->data)
		explicit_bzero(buf->data, buf->capacity);
	buf_fini(buf);
}

void draft_wipe_text(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
}
