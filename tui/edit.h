/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of text being edited: a pure model, without terminal nor screen.
 * Characters are UTF-32; the limit is in bytes of UTF-8, that of the member
 * the text goes to. */
#ifndef GUICHET_TUI_EDIT_H
#define GUICHET_TUI_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EDIT_UNDOS 32

struct edit_past {
	uint32_t *chars;
	size_t count, at;
};

struct edit {
	uint32_t *chars;
	size_t count, capacity, bytes;
	size_t at;                      /* the cursor is before chars[at] */
	size_t max_bytes;               /* without the final zero */
	size_t first;                   /* first character shown */
	bool secret;                    /* nothing is kept for undo */
	bool typing;                    /* letters typed in a row: one undo */
	struct edit_past past[EDIT_UNDOS];
	int past_count;
};

enum edit_op {
	EDIT_NONE, EDIT_LEFT, EDIT_RIGHT, EDIT_WORD_LEFT, EDIT_WORD_RIGHT,
	EDIT_HOME, EDIT_END, EDIT_DELETE_BACK, EDIT_DELETE, EDIT_KILL_WORD,
	EDIT_KILL_WORD_RIGHT, EDIT_KILL_END, EDIT_KILL_ALL, EDIT_UNDO
};

enum edit_result { EDIT_SAME, EDIT_MOVED, EDIT_CHANGED, EDIT_FULL };

/* Make an empty line that holds at most `max_bytes` bytes. */
void edit_init(struct edit *edit, size_t max_bytes);

/* Wipe and free the line. */
void edit_fini(struct edit *edit);

/* Replace the text by `text`, cursor at the end, past forgotten. */
void edit_set(struct edit *edit, const char *text);

/* Copy the text as UTF-8; false, and what fits, when `size` is too small. */
bool edit_text(const struct edit *edit, char *out, size_t size);

/* Insert one character typed.  EDIT_SAME when it is not one that text may hold
 * (control, bidi...), EDIT_FULL when there is no room. */
enum edit_result edit_insert(struct edit *edit, uint32_t c);

/* Insert pasted bytes: controls and newlines become one blank, or nothing at
 * both ends.  EDIT_FULL when it was cut. */
enum edit_result edit_paste(struct edit *edit, const char *text, size_t size);

/* Do one of the operations above. */
enum edit_result edit_do(struct edit *edit, enum edit_op op);

/* Scroll so that the cursor shows in `columns`, each character taking
 * `width(c)`; sets edit->first and returns the column of the cursor. */
int edit_scroll(struct edit *edit, int columns);

#endif
