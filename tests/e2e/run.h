/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end-to-end runner: plays a script of words against the real program on a
 * pseudo-terminal and reads the screen back through libvterm.  One struct run
 * a script; nothing sleeps: every wait ends with an event or with a limit. */
#ifndef TESTS_E2E_RUN_H
#define TESTS_E2E_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>
#include <vterm.h>

#define PATH_SIZE 256
#define DESKS 3                         /* programs side by side in one script */
#define ROW_SIZE 2048                   /* bytes of UTF-8 of one screen row */

/* --- escapes.c: only known sequences may be written --- */
struct escapes {
	int state;
	char seq[256];                  /* the sequence being read */
	size_t used;
	char unknown[1024];             /* first unknown one, printable; or "" */
	bool alternate, paste, mouse;   /* modes switched on and not yet off */
	bool given_back;                /* the alternate screen was left: what comes
					 * now is the line's echo, not the program's */
	char clipboard[4096];           /* last OSC 52 payload, still base64 */
};

/* Read the bytes the program wrote; note modes and the first unknown one. */
void escapes_feed(struct escapes *e, const char *bytes, size_t count);

/* A byte no program writes: the runner writes it behind the program's output,
 * and when it comes back everything before it has come too. */
#define TERM_MARK '\005'

/* --- term.c: the program on its terminal --- */
struct term {
	int master;                     /* -1 when nothing was started */
	pid_t pid;                      /* 0 once it has ended */
	int status;                     /* of waitpid(), when pid is 0 */
	int rows, cols;
	VTerm *vt;
	VTermScreen *screen;
	bool cursor_visible;
	char title[256];
	struct escapes escapes;
	size_t bytes;                   /* written since the last input */
	uint64_t must_read;             /* bytes the program has read once it has
					 * the last input; 0: not known */
	uint64_t waits;                 /* procs_waits() at the last input */
	int marks_due;                  /* TERM_MARKs sent round and not yet back */
	int64_t input_ms, output_ms;    /* last input sent, last byte read */
};

/* Milliseconds that only grow. */
int64_t now_ms(void);

/* Start argv[0], an absolute path, in a terminal of that size and in `folder`; the
 * environment is the caller's.  Returns false with errno when there is no
 * pseudo-terminal. */
bool term_start(struct term *t, int rows, int cols, const char *folder,
		char *const argv[]);

/* Send raw bytes as one burst, and count the output from now on. */
void term_send(struct term *t, const char *bytes, size_t count);

void term_resize(struct term *t, int rows, int cols);

/* Wait at most `limit_ms` for output and read all there is.  Returns false when
 * nothing came. */
bool term_pump(struct term *t, int limit_ms);

/* Has the program ended?  Collects its status. */
bool term_ended(struct term *t);

/* Wait at most `limit_ms` for the end of the program, reading what it writes. */
bool term_wait_end(struct term *t, int limit_ms);

/* Hang up, wait at most `limit_ms`, then kill.  Returns false when it had to be
 * killed. */
bool term_hang_up(struct term *t, int limit_ms);

void term_free(struct term *t);

/* Write row `y` as UTF-8, trailing blanks cut.  `column_of`, when not NULL, has
 * ROW_SIZE elements and gets the screen column of each byte. */
void term_row(const struct term *t, int y, char out[ROW_SIZE], int *column_of);

/* Print the screen between two rules. */
void term_print(const struct term *t, FILE *out);

/* --- settle.c --- */
/* Wait until the program has taken its input, it and what it started are asleep,
 * and all they wrote is here.  Returns false when they are still busy after
 * `limit_ms`. */
bool term_settle(struct term *t, int limit_ms);

/* --- procs.c --- */
/* How many bytes `pid` has got from read(2) so far.  Returns false when the
 * system does not tell: another user's process, or one that hides. */
bool procs_bytes_read(pid_t pid, uint64_t *count);

/* How often `pid` has gone to sleep of its own will so far. */
uint64_t procs_waits(pid_t pid);


/* Does `pid` with all it started wait for something?  For our own pid: all
 * that we started. */
bool procs_asleep(pid_t pid);

/* Wait at most `limit_ms` for the end of a child and collect its status. */
bool procs_wait(pid_t pid, int *status, int limit_ms);

/* Wait at most `limit_ms` for the end of what is still running under us, then
 * kill it.  Returns true when something had to be killed. */
bool procs_reap(int limit_ms);

/* --- keys.c --- */
/* Add the bytes of the key called `name` to `out`; false for an unknown name. */
bool key_bytes(const char *name, char *out, size_t size);

/* --- picture.c --- */
/* Write the screen as SVG with real text.  Returns false with errno. */
bool picture_write(const struct term *t, const char *path);

/* --- server.c, relay.c: a guichetd of our own and the line to it --- */
struct server {
	pid_t daemon, relay;            /* 0 when not running */
	int control;                    /* a byte here commands the relay */
	char db[PATH_SIZE];
	char behind[PATH_SIZE];         /* socket of guichetd */
	char front[PATH_SIZE];          /* socket of the relay: the client's */
};

/* Start guichetd (on a copy of the seeded database at the first time) and the
 * relay.  Returns false with the reason in `why`. */
bool server_start(struct server *s, const char *dir, char *why, size_t size);
/* End guichetd; the relay then refuses connections. */
bool server_stop(struct server *s, char *why, size_t size);
/* What the relay does with answers: forward them; drop the connection when one
 * comes; drop it after three quarters of one; send a web page in its place. */
enum { RELAY_MEND = 'm', RELAY_CUT = 'c', RELAY_HALVE = 'h', RELAY_FOREIGN = 'f' };
bool server_relay(struct server *s, char mode, char *why, size_t size);
/* Stop and continue the daemon by signal: it hears and does not answer. */
bool server_freeze(struct server *s, bool freeze, char *why, size_t size);
/* Let the daemon write no byte to any file, as on a full disk, or write again. */
bool server_fill(struct server *s, bool full, char *why, size_t size);
void server_free(struct server *s);

/* Carry connections from `listener` to the socket `behind` until the control
 * descriptor is closed.  Runs in a process of its own. */
void relay_run(int listener, int control, const char *behind);

/* --- run.c --- */
struct run {
	const char *path;               /* the script */
	int line;
	char beside[PATH_SIZE];         /* the folder of the script */
	char dir[PATH_SIZE];            /* private, removed at the end */
	char place[PATH_SIZE];          /* of this desk: HOME and the like */
	int rows, cols;
	struct term terms[DESKS];
	struct term *term;              /* of the desk the words go to */
	struct server server;
	int presses;                    /* `key` presses since the last mark */
	int64_t seen_ms;                /* when the last `see` came true */
	char started[ROW_SIZE];         /* arguments of the last `start` */
	bool bad_script;
};

/* Play the script.  Returns the exit status of an automake test: 0, 1, or 99
 * for a script that cannot be read. */
int run_script(const char *path);

/* Say what failed at the current line, then print the screen.  Returns false. */
bool run_fail(struct run *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Was all this built with what slows it down: sanitizers, counters? */
bool run_slowed(void);

/* How long `see` waits, in milliseconds. */
int run_limit_ms(void);

/* Go to desk `number`, from 1 to DESKS, with a HOME of its own. */
void run_desk(struct run *r, int number);

/* Replace $DIR, $HOME, $CONFIG, $STATE, $DATA, $SERVER in `text`. */
void run_expand(const struct run *r, const char *text, char *out, size_t size);

/* --- words.c, looks.c, outside.c, monkey.c: the words --- */
struct word {
	const char *name;
	bool (*play)(struct run *r, char *arg);
	bool needs_program;             /* nothing to do before `start` */
	bool needs_arg;
};
extern const struct word words[];

/* Send bytes to the program in one burst and check it as run_healthy() does. */
bool run_send(struct run *r, const char *bytes, size_t count);

/* Check what must hold after each input: the program comes to rest, the cursor
 * can be seen, every sequence is known.  A program that ended passes. */
bool run_healthy(struct run *r);

/* Words that others play too (words.c). */
bool word_start(struct run *r, char *arg);
bool word_resize(struct run *r, char *arg);

/* What a terminal may do (storm.c). */
bool word_ends(struct run *r, char *arg);
bool word_resizes(struct run *r, char *arg);
bool word_sizes(struct run *r, char *arg);

/* The memory of the program (memory.c). */
bool word_memory(struct run *r, char *arg);

/* Keys at random (monkey.c). */
bool word_monkey(struct run *r, char *arg);

/* Make plain spaces of U+00A0 and U+202F, in place; `columns` (may be NULL) moves
 * along. */
void plain_spaces(char *text, int *columns);

/* Words that look at the screen (looks.c). */
bool word_see(struct run *r, char *text);
bool word_not(struct run *r, char *text);
bool word_click(struct run *r, char *text);
bool word_cursor_on(struct run *r, char *text);
bool word_style(struct run *r, char *text);
bool word_golden(struct run *r, char *file);
bool word_title(struct run *r, char *text);
bool word_shot(struct run *r, char *name);
bool word_picture(struct run *r, char *name);
bool word_clipboard(struct run *r, char *text);

/* Words about the world outside the terminal (outside.c). */
bool word_env(struct run *r, char *arg);
bool word_file(struct run *r, char *arg);
bool word_write(struct run *r, char *arg);
bool word_clear(struct run *r, char *arg);
bool word_grow(struct run *r, char *arg);
bool word_server(struct run *r, char *arg);
bool word_signal(struct run *r, char *name);
bool word_exit(struct run *r, char *code);

#endif
