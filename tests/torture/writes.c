/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "torture.h"

/* The seven writes of the main job, and what goes with them. */
const struct write writes[] = {
	{ &api_contact_create, "SELECT count(*) FROM contact", 1 },
	{ &api_contact_prove, "SELECT sum(version) FROM contact", 1 },
	{ &api_hold_create, "SELECT count(*) FROM hold", 1 },
	{ &api_appointment_create, "SELECT count(*) FROM appointment", 1 },
	{ &api_appointment_update, "SELECT sum(version) FROM appointment", 1 },
	{ &api_ehic_create, "SELECT count(*) FROM request", 1 },
	{ &api_ehic_report_loss, "SELECT count(*) FROM request", 1 },
	{ &api_vitale_create, "SELECT count(*) FROM request", 1 },
	{ &api_vitale_report_loss, "SELECT count(*) FROM request", 1 },
	{ &api_attachment_put, "SELECT count(*) FROM attachment", 1 },
	{ &api_contact_close, "SELECT count(*) FROM contact WHERE outcome >= 0",
	  1 },
	{ 0 },
};

const struct write *write_of(const struct api_op *op)
{
	const struct write *write = writes;

	while (write->op && write->op != op)
		write++;
	return write->op ? write : NULL;
}
