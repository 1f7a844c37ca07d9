/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs that are started with fail_malloc.so (see malloc.c). */
#ifndef GUICHET_TESTS_PRELOAD_H
#define GUICHET_TESTS_PRELOAD_H

#include "fail.h"

/* What such programs ask at each allocation: fail_arm() it, once they run.  One
 * for the process, until its end. */
struct fail *fail_share(void);

/* From here to fail_preload_over(), programs are started so. */
void fail_preload(void);
void fail_preload_over(void);

#endif
