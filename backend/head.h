/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of an HTTP/1.1 request, read byte by byte and refused at the first one
 * that could be read in two ways (RFC 9112): no bare CR or LF, no folded line, no
 * blank around the name of a header, no byte that is none of a text, no header
 * twice that counts once, no body but by a length in digits. */
#ifndef GUICHET_BACKEND_HEAD_H
#define GUICHET_BACKEND_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HEAD_MOST (16u << 10)           /* bytes, of the whole head */
#define HEAD_TARGET_MOST 2048

enum head_state {
	HEAD_METHOD, HEAD_TARGET, HEAD_VERSION, HEAD_LINE, HEAD_NAME, HEAD_BLANK,
	HEAD_VALUE, HEAD_LINE_END, HEAD_END,
	HEAD_WHOLE,                     /* read, and good */
	HEAD_REFUSED,                   /* `status` says how */
};

struct head {
	enum head_state state;
	size_t size;                    /* bytes read so far */
	size_t part;                    /* of the method, target, version, name */
	char name[24];                  /* in lower case; longer ones are not ours */
	int single;                     /* row of the header being read, or -1 */
	unsigned seen;                  /* bit per row */
	bool http10;
	int64_t length;                 /* of the body; 0: none */
	int digits;                     /* of Content-Length */
	int status;                     /* 400, 411, 414 or 431 once refused */
};

void head_init(struct head *head);

/* Read on until the head is whole or refused, or the bytes end.  Returns how many
 * bytes were read. */
size_t head_read(struct head *head, const char *bytes, size_t size);

#endif
