/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers: fetched as PDF, then saved where the agent says or handed to lp,
 * without a shell. */
#include "app_private.h"
#include "save.h"
#include "screens.h"

#include <guichet/base/text.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { PAPER_SAVE, PAPER_PRINT };

static const struct ui_choice ways[] = {
	{ '1', N_("Enregistrer le PDF"), PAPER_SAVE },
	{ '2', N_("Imprimer"), PAPER_PRINT },
	{ 0 },
};

void paper_forget(struct app *app)
{
	if (app->paper.bytes.data)
		explicit_bzero(app->paper.bytes.data, app->paper.bytes.size);
	buf_fini(&app->paper.bytes);
}

static void default_path(const struct paper *paper, char *out, size_t out_size)
{
	const char *home = getenv("HOME");

	snprintf(out, out_size, "%s/%s.pdf", home && home[0] == '/' ? home : "/tmp",
		 paper->name);
}

/* There is one paper at a time: another file may have asked for its own while
 * this question stood. */
static bool is_mine(struct ui_ctx *ctx)
{
	if (app_of(ctx)->paper.asker == ctx)
		return true;
	ui_message(ctx, "%s", _("Un autre papier a été demandé depuis : refaites F9"));
	return false;
}

static void on_path(struct ui_ctx *ctx, void *state, const char *typed)
{
	const struct paper *paper = &app_of(ctx)->paper;
	char path[512];
	struct err err = { 0 };

	(void)state;
	if (!is_mine(ctx))
		return;
	if (!typed) {
		paper_forget(app_of(ctx));
		return;
	}
	if (!typed[0])
		default_path(paper, path, sizeof(path));
	else
		real_path(typed, path, sizeof(path));
	if (save_bytes(&paper->bytes, path, &err))
		ui_message(ctx, _("Enregistré : %s"), path);
	else
		ui_error(ctx, &err);
	paper_forget(app_of(ctx));
}

static void ask_path(struct ui_ctx *ctx)
{
	char path[400], label[460];

	default_path(&app_of(ctx)->paper, path, sizeof(path));
	snprintf(label, sizeof(label), _("Chemin (Entrée : %s)"), path);
	ui_ask_text(ctx, _("Enregistrer le PDF"), label, false, on_path);
}

/* lp reads the paper on its standard input, so nothing stays on disk. */
static bool hand_to_lp(const struct paper *paper, struct err *err)
{
	char title[80];
	char *argv[] = { (char *)"lp", (char *)"-t", title, (char *)"-o",
		(char *)"media=A4", (char *)"-s", (char *)"--", (char *)"-", NULL };
	posix_spawn_file_actions_t actions;
	int ends[2], status = 1;
	pid_t pid;
	bool ok;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(err, ERR_SYSTEM, _("trop de fichiers ouverts"));
	snprintf(title, sizeof(title), "guichet %s", paper->name);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[0], 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	ok = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) == 0;
	posix_spawn_file_actions_destroy(&actions);
	close(ends[0]);
	if (!ok) {
		close(ends[1]);
		return err_set(err, ERR_SYSTEM, "%s", _("aucune imprimante sur ce poste (lp)"));
	}
	ok = save_write(ends[1], &paper->bytes);
	close(ends[1]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return (ok && WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
		err_set(err, ERR_SYSTEM, "%s",
			_("l'imprimante a refusé : enregistrez le PDF"));
}

static void on_way(struct ui_ctx *ctx, void *state, int value)
{
	struct err err = { 0 };

	(void)state;
	if (!is_mine(ctx))
		return;
	if (value == PAPER_SAVE) {
		ask_path(ctx);
		return;
	}
	if (value == PAPER_PRINT && hand_to_lp(&app_of(ctx)->paper, &err))
		ui_message(ctx, "%s", _("Envoyé à l'imprimante"));
	else if (value == PAPER_PRINT)
		ui_error(ctx, &err);
	paper_forget(app_of(ctx));
}

static void on_paper(struct ui_ctx *ctx, void *state, struct api_reply *reply)
{
	struct paper *paper = &app_of(ctx)->paper;

	(void)state;
	if (paper->asker != ctx)
		return;
	paper_forget(app_of(ctx));
	paper->bytes = reply->raw;
	reply->raw = (struct buf){ 0 };
	ui_ask(ctx, _("Imprimer"), paper->name, ways, PAPER_SAVE, on_way);
}

void app_paper(struct ui_ctx *ctx, const struct api_op *op, const void *query,
	       const char *name)
{
	struct paper *paper = &app_of(ctx)->paper;

	paper->asker = ctx;
	text_copy(paper->name, sizeof(paper->name), name);
	app_get_expected(ctx, 3, op, query, on_paper);
}
