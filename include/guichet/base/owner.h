/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The owner of calls under way.  Whatever waits for a reply links itself here;
 * when the owner goes, each link is told, so that a handler only ever runs for
 * a live owner. */
#ifndef GUICHET_BASE_OWNER_H
#define GUICHET_BASE_OWNER_H

struct owner_link {
	struct owner_link *next, *prev;
	void (*released)(struct owner_link *link); /* the owner is going */
};

struct owner {
	struct owner_link links;        /* ring head */
};

/* Make an owner of nothing. */
void owner_init(struct owner *owner);

/* Tell every link that the owner goes; each is unlinked before it is told. */
void owner_release(struct owner *owner);

/* Tie `link` to `owner`; untie it (harmless when already untied). */
void owner_tie(struct owner *owner, struct owner_link *link,
	       void (*released)(struct owner_link *link));
void owner_untie(struct owner_link *link);

#endif
