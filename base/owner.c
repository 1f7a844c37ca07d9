/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/owner.h>

#include <stddef.h>

void owner_init(struct owner *owner)
{
	owner->links.next = owner->links.prev = &owner->links;
	owner->links.released = NULL;
}

void owner_release(struct owner *owner)
{
	/* Always the first: being told may untie any other link. */
	while (owner->links.next != &owner->links) {
		struct owner_link *link = owner->links.next;

		owner_untie(link);
		link->released(link);
	}
}

void owner_tie(struct owner *owner, struct owner_link *link,
	       void (*released)(struct owner_link *link))
{
	link->released = released;
	link->next = &owner->links;
	link->prev = owner->links.prev;
	link->prev->next = link;
	owner->links.prev = link;
}

void owner_untie(struct owner_link *link)
{
	if (!link->next)
		return;
	link->prev->next = link->next;
	link->next->prev = link->prev;
	link->next = link->prev = NULL;
}
