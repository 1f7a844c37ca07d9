/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every screen; a new one is one line here. */
#include "screens.h"

const struct ui_screen *const screens[] = {
	&screen_about,
	&screen_agenda,
	&screen_appointments,
	&screen_attach,
	&screen_booking,
	&screen_cards,
	&screen_contact_close,
	&screen_ehic,
	&screen_ehic_loss,
	&screen_family,
	&screen_home,
	&screen_insured,
	&screen_login,
	&screen_offices,
	&screen_payment,
	&screen_payments,
	&screen_period,
	&screen_prove,
	&screen_request,
	&screen_requests,
	&screen_rights,
	&screen_search,
	&screen_vitale,
	&screen_vitale_loss,
	NULL,
};
