/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which handler runs which operation, in the order of the contract. */
#include "handlers/handlers.h"

const struct route routes[] = {
	{ &api_office_list, office_list },
	{ &api_reason_list, reason_list },
	{ &api_slot_list, slot_list },
	{ &api_hold_create, hold_create },
	{ &api_hold_delete, hold_delete },
	{ &api_appointment_create, appointment_create },
	{ &api_appointment_list, appointment_list },
	{ &api_appointment_get, appointment_get },
	{ &api_appointment_update, appointment_update },
	{ &api_card_list, card_list },
	{ &api_ehic_create, ehic_create },
	{ &api_ehic_report_loss, ehic_report_loss },
	{ &api_vitale_create, vitale_create },
	{ &api_vitale_report_loss, vitale_report_loss },
	{ &api_request_list, request_list },
	{ &api_request_follow, request_follow },
	{ &api_request_get, request_get },
	{ &api_attachment_put, attachment_put },
	{ 0 },
};
