/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end-to-end runner's reader of escape sequences, keys and relay. */
#include "unit.h"

#include "../e2e/run.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const known[] = {
	"plain text, é € ─ 𝄞\r\n\t\b\a",
	"\033[H\033[2J\033[12;40H\033[K\033[1K\033[J",
	"\033[0m\033[1;31m\033[38;5;200m\033[39;49m\033(B\033[m",
	"\033[?1049h\033[22;0;0t\033[?1h\033=\033[?25l\033[?12l\033[?25h",
	"\033[?2004h\033[?1006;1000h",
	"\033[3@\033[2P\033[4X\033[2L\033[1M\033[1;24r\0338\0337\033M",
	"\033]2;guichet\033\\\033]0;guichet\a\033]52;c;QQ==\a\033]104\a",
	NULL,
};

static const char *const unknown[] = {
	"\033[6n",                      /* a question to the terminal */
	"\033[c",
	"\033[?9999h",
	"\033[?25;7h",
	"\033[8;24;80t",                /* resizes the user's window */
	"\033[21t",
	"\033[20h",
	"\033[>4;2m",
	"\033]4;1;rgb:00/00/00\a",
	"\033]8;;http://example.org\a",
	"\033P+q544e\033\\",
	"\033#8",
	"\033c",
	"\033(K",
	"\016",
	"\xC2\x9B" "2J",
	"\xFF",
	"\xC3(",
	"\xE2\x82(",
	NULL,
};

static void sequences_of_ncurses_are_known(void **state)
{
	(void)state;
	for (int i = 0; known[i]; i++) {
		struct escapes e = { 0 };

		escapes_feed(&e, known[i], strlen(known[i]));
		assert_string_equal(e.unknown, "");
	}
}

static void any_other_sequence_is_unknown(void **state)
{
	(void)state;
	for (int i = 0; unknown[i]; i++) {
		struct escapes e = { 0 };

		escapes_feed(&e, unknown[i], strlen(unknown[i]));
		if (!e.unknown[0])
			fail_msg("row %d is not seen", i);
	}
}

static void a_sequence_cut_anywhere_reads_the_same(void **state)
{
	(void)state;
	for (int i = 0; known[i]; i++) {
		struct escapes e = { 0 };

		for (const char *p = known[i]; *p; p++)
			escapes_feed(&e, p, 1);
		assert_string_equal(e.unknown, "");
	}
}

static void modes_are_followed(void **state)
{
	static const char on[] = "\033[?1049h\033[?2004h\033[?1000h";
	static const char off[] = "\033[?1049l\033[?2004l\033[?1000l";
	struct escapes e = { 0 };

	(void)state;
	escapes_feed(&e, on, strlen(on));
	assert_true(e.alternate && e.paste && e.mouse);
	escapes_feed(&e, off, strlen(off));
	assert_false(e.alternate || e.paste || e.mouse);
}

static void only_the_last_clipboard_is_kept(void **state)
{
	static const char twice[] = "\033]52;c;QUFB\a\033]52;c;QkI=\033\\";
	struct escapes e = { 0 };

	(void)state;
	escapes_feed(&e, twice, strlen(twice));
	assert_string_equal(e.clipboard, "c;QkI=");
}

static void keys_have_their_bytes(void **state)
{
	static const struct {
		const char *name, *bytes;
	} rows[] = {
		{ "Enter", "\r" }, { "F1", "\033OP" }, { "F12", "\033[24~" },
		{ "C-x", "\030" }, { "C-X", "\030" }, { "M-x", "\033x" }, { "M-F1", "\033\033OP" },
		{ "é", "é" }, { "C", "C" }, { "-", "-" }, { "F13", NULL }, { "Entre", NULL },
	};
	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		char bytes[32] = "";

		assert_int_equal(key_bytes(rows[i].name, bytes, sizeof(bytes)),
				 rows[i].bytes != NULL);
		if (rows[i].bytes)
			assert_string_equal(bytes, rows[i].bytes);
	}
}

/* --- the relay --- */

struct line {
	char dir[64], front[96], behind[96];
	int server, listener, control;
	pid_t relay;
};

static int unix_socket(const char *path, bool server)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (server) {
		assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
		assert_int_equal(listen(fd, 4), 0);
	} else {
		assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	}
	return fd;
}

static int open_line(void **state)
{
	static struct line line;
	int control[2];

	snprintf(line.dir, sizeof(line.dir), "/tmp/relay.XXXXXX");
	assert_non_null(mkdtemp(line.dir));
	snprintf(line.front, sizeof(line.front), "%s/front", line.dir);
	snprintf(line.behind, sizeof(line.behind), "%s/behind", line.dir);
	line.server = unix_socket(line.behind, true);
	line.listener = unix_socket(line.front, true);
	assert_int_equal(pipe(control), 0);
	line.control = control[1];
	line.relay = fork();
	if (!line.relay) {
		close(control[1]);
		relay_run(line.listener, control[0], line.behind);
		_exit(0);
	}
	close(control[0]);
	*state = &line;
	return 0;
}

static int close_line(void **state)
{
	struct line *line = *state;

	close(line->control);
	waitpid(line->relay, NULL, 0);
	close(line->server);
	close(line->listener);
	unlink(line->front);
	unlink(line->behind);
	return rmdir(line->dir);
}

static void says(int from, int to, const char *text)
{
	char got[16] = "";

	assert_int_equal(write(from, text, strlen(text)), strlen(text));
	assert_int_equal(read(to, got, sizeof(got) - 1), strlen(text));
	assert_string_equal(got, text);
}

static void a_cut_line_lets_requests_in_and_no_answer_out(void **state)
{
	struct line *line = *state;
	int client = unix_socket(line->front, false);
	int server = accept(line->server, NULL, NULL);
	char byte;

	says(client, server, "first");
	says(server, client, "answer");
	assert_int_equal(write(line->control, "c", 1), 1);
	says(client, server, "second");
	assert_int_equal(write(server, "lost", 4), 4);
	assert_int_equal(read(client, &byte, 1), 0);
	close(client);
	close(server);

	assert_int_equal(write(line->control, "m", 1), 1);
	client = unix_socket(line->front, false);
	server = accept(line->server, NULL, NULL);
	says(client, server, "third");
	says(server, client, "again");
	close(client);
	close(server);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sequences_of_ncurses_are_known),
		cmocka_unit_test(any_other_sequence_is_unknown),
		cmocka_unit_test(a_sequence_cut_anywhere_reads_the_same),
		cmocka_unit_test(modes_are_followed),
		cmocka_unit_test(only_the_last_clipboard_is_kept),
		cmocka_unit_test(keys_have_their_bytes),
		cmocka_unit_test_setup_teardown(a_cut_line_lets_requests_in_and_no_answer_out,
						open_line, close_line),
	};

	return cmocka_run_group_tests_name("runner", tests, NULL, NULL);
}
