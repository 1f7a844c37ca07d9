/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts: what is being typed, kept against a crash or a cut line.
 *
 * One file a form, KEY.draft (KEY: the form's idempotency key), mode 0600 in a
 * folder of mode 0700, written beside, synced and renamed.  Lines of text:
 *
 *	guichet-draft 1
 *	screen NAME
 *	arg ARGUMENT
 *	key UUID
 *	saved MILLISECONDS
 *	field NAME VALUE
 *	tick ROW 0
 *
 * A value is the text of the field with "\n" and "\\" escaped, the number of a
 * choice, or 0 and 1 for a tick, as for the rows of a list.  Secret fields are never written. */
#include "draft.h"

#include <errno.h>
#include <fcntl.h>
#include <guichet/base/buf.h>
#include <guichet/base/log.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DRAFT_EVERY_MS 10000
#define PATH_SIZE 600

static void add_escaped(struct buf *buf, const char *text)
{
	for (; *text; text++)
		if (*text == '\\')
			buf_text(buf, "\\\\");
		else if (*text == '\n')
			buf_text(buf, "\\n");
		else
			buf_add(buf, text, 1);
}

static void add_field(const struct ui_ctx *ctx, const struct ui_field *field,
		      const struct field_view *view, struct buf *buf)
{
	char text[4096];

	if (!field->name || field->type == UI_FIELD_SECRET ||
	    (field->flags & UI_READ_ONLY))
		return;
	buf_printf(buf, "field %s ", field->name);
	if (field->type == UI_FIELD_CHOICE) {
		buf_printf(buf, "%d", *field_int(ctx, field));
	} else if (field->type == UI_FIELD_CHECK) {
		buf_printf(buf, "%d", *field_bool(ctx, field));
	} else {
		edit_text(&view->edit, text, sizeof(text));
		add_escaped(buf, text);
	}
	buf_text(buf, "\n");
}

static void add_ticks(const struct ui_ctx *ctx, const struct view *view,
		      struct buf *buf)
{
	const char *id;
	const bool *tick;

	for (size_t i = 0; (tick = list_kept_tick(ctx, view, i, &id)); i++)
		buf_printf(buf, "tick %s %d\n", id, *tick);
}

static void write_out(const struct ui_ctx *ctx, struct buf *buf)
{
	buf_printf(buf, "guichet-draft 1\nscreen %s\narg ", ctx->screen->name);
	add_escaped(buf, ctx->arg);
	buf_printf(buf, "\nkey %s\nsaved %lld\n", ctx->key,
		   (long long)clock_now_ms());
	for (int p = 0; p < ctx->view_count; p++) {
		for (int f = 0; f < ctx->views[p].field_count; f++)
			add_field(ctx, &ctx->views[p].part->fields[f],
				  &ctx->views[p].fields[f], buf);
		add_ticks(ctx, &ctx->views[p], buf);
	}
}

static bool write_synced(const char *path, const struct buf *buf)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok;

	if (fd < 0)
		return false;
	ok = write(fd, buf->data, buf->size) == (ssize_t)buf->size &&
	     !fsync(fd);
	close(fd);
	return ok;
}

static void sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

void draft_save(struct ui_ctx *ctx)
{
	const char *folder = ctx->ui->setup.draft_directory;
	char path[PATH_SIZE], beside[PATH_SIZE + 8];
	struct buf buf;

	ctx->typed_ms = 0;
	if (!folder || !ctx->screen->keeps_draft)
		return;
	mkdir(folder, 0700);
	buf_init(&buf, DRAFT_MAX);
	write_out(ctx, &buf);
	snprintf(ctx->draft, sizeof(ctx->draft), "%s.draft", ctx->key);
	snprintf(path, sizeof(path), "%s/%s", folder, ctx->draft);
	snprintf(beside, sizeof(beside), "%s.new", path);
	if (!write_synced(beside, &buf) || rename(beside, path)) {
		log_event(LOG_WARN, "draft.unsaved", "reason", strerror(errno),
			  NULL);
		unlink(beside);
		ctx->draft[0] = '\0';
		message_add(ctx->ui, true,
			    _("Le brouillon n'a pas pu être gardé sur ce poste"));
	} else {
		sync_folder(folder);
	}
	buf_fini(&buf);
}

void draft_forget(struct ui_ctx *ctx)
{
	char path[PATH_SIZE];

	ctx->typed_ms = 0;
	if (!ctx->draft[0] || !ctx->ui->setup.draft_directory)
		return;
	snprintf(path, sizeof(path), "%s/%s", ctx->ui->setup.draft_directory,
		 ctx->draft);
	unlink(path);
	ctx->draft[0] = '\0';
}

static bool is_due(const struct ui_ctx *ctx, int64_t now)
{
	return ctx->typed_ms && ctx->screen->keeps_draft &&
	       now - ctx->typed_ms >= DRAFT_EVERY_MS;
}

void draft_tick(struct ui *ui)
{
	int64_t now = ui_mono_ms(ui);

	for (int i = 0; i < UI_SPACES; i++)
		for (struct ui_ctx *c = ui->spaces[i].top; c; c = c->below)
			if (is_due(c, now))
				draft_save(c);
}

void draft_save_all(struct ui *ui)
{
	for (int i = 0; i < UI_SPACES; i++)
		for (struct ui_ctx *c = ui->spaces[i].top; c; c = c->below)
			if (c->changed && c->screen->keeps_draft)
				draft_save(c);
}

int64_t draft_due_ms(const struct ui *ui)
{
	int64_t due = 0;

	if (!ui->setup.draft_directory)
		return 0;
	for (int i = 0; i < UI_SPACES; i++)
		for (struct ui_ctx *c = ui->spaces[i].top; c; c = c->below)
			if (c->typed_ms && c->screen->keeps_draft &&
			    (!due || c->typed_ms + DRAFT_EVERY_MS < due))
				due = c->typed_ms + DRAFT_EVERY_MS;
	return due;
}
