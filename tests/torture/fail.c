/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fail.h"

void fail_arm(struct fail *fail, long nth, enum fail_mode mode)
{
	atomic_store(&fail->nth, 0);
	atomic_store(&fail->calls, 0);
	atomic_store(&fail->failed, 0);
	atomic_store(&fail->mode, (int)mode);
	atomic_store(&fail->nth, nth);
}

long fail_disarm(struct fail *fail)
{
	atomic_store(&fail->nth, 0);
	return atomic_load(&fail->failed);
}

bool fail_now(struct fail *fail)
{
	long call = atomic_fetch_add(&fail->calls, 1) + 1;
	long nth = atomic_load(&fail->nth);

	if (nth == 0 || (atomic_load(&fail->mode) == FAIL_ONCE ? call != nth :
			 call < nth))
		return false;
	atomic_fetch_add(&fail->failed, 1);
	return true;
}
