/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers are drawn by a process apart: what libraries of fonts and drawings make
 * of a want of memory, or of a hostile name, costs one paper.  It sees no file of
 * ours and may call nothing that the daemon may not. */
#ifndef GUICHET_BACKEND_PRESS_H
#define GUICHET_BACKEND_PRESS_H

#include <guichet/base/buf.h>
#include <guichet/base/err.h>

struct press;

/* Start it, before any thread and any secret; `caged`: as cage.h says, with no
 * folder to write in.  NULL: ERR_SYSTEM. */
struct press *press_start(bool caged, struct err *err);

/* What poll() finds readable or hung up once it is gone. */
int press_descriptor(const struct press *press);

/* Draw what was `told` (see page.h) into `out`; on any thread.  With no press
 * this process draws.  Errors, ERR_SYSTEM: 503 "memory.short"; 503
 * "paper.failed" when it could not be drawn, in five seconds at most. */
bool press_print(struct press *press, const struct buf *told, struct buf *out,
		 struct err *err);

/* Let it go; NULL is allowed. */
void press_stop(struct press *press);

#endif
