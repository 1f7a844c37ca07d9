/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disk under SQLite (a VFS over its own): it can fail, and lose power. */
#ifndef GUICHET_TESTS_DISK_H
#define GUICHET_TESTS_DISK_H

#include "fail.h"

#include <stddef.h>

/* What a disk says when it fails. */
enum disk_error { DISK_FULL, DISK_IOERR, DISK_READ_ONLY };

/* Become the disk of every database opened from now on in this process.  What
 * concerns files whose path does not start with `folder` passes untouched. */
void disk_install(const char *folder);

/* Counts the writes, syncs, cuts, extensions of shared memory and removals. */
extern struct fail disk_fail;
extern enum disk_error disk_error;

/* Refuse to open anything for writing. */
extern atomic_bool disk_mounted_read_only;

/* Begin to remember what is on the disk and what was written but not synced. */
void disk_remember(void);

/* At the Nth call from now on, the power fails: keep what the disk would hold,
 * with the unsynced writes lost, torn or in another order by `seed`, and go on.
 * `meanwhile` (may be NULL) is called at that moment. */
void disk_cut_power(long nth, unsigned seed, void (*meanwhile)(void));

/* Tell whether it has failed since, and write what was left to `folder`. */
bool disk_has_lost_power(void);
void disk_take_image(const char *folder);

/* Stop remembering and free. */
void disk_forget(void);

#endif
