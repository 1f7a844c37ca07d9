/* SPDX-License-Identifier: GPL-3.0-or-later */
/* French words of the trace. */
#include "app_private.h"
#include "trace.h"
#include "screens.h"

#include <stdio.h>
#include <string.h>

const char *const journal_operations[] = {
	"", "insured.search", "insured.get", "insured.reveal", "beneficiary.list",
	"right.list", "payment.list", "payment.get", "card.list", "request.list",
	"request.get", "request.paper", "request.follow", "appointment.list",
	"appointment.get", "appointment.paper", "appointment.create",
	"appointment.update", "hold.create", "hold.delete", "slot.list",
	"contact.create", "contact.get", "contact.update", "contact.close",
	"contact.prove", "ehic.create", "ehic.report_loss", "vitale.create",
	"vitale.report_loss", "certificate.paper", "attachment.put",
	"break_glass.create", "grant.create", "review.list", "review.decide",
	"journal.list", "session.create", "session.get", "session.delete",
	"session.unlock", "federation.start", "federation.poll",
	"office.list", "reason.list", NULL,
};

const char *const label_operation[] = {
	N_("toutes"), N_("recherche d'un assuré"), N_("coordonnées lues"),
	N_("valeur montrée"), N_("famille lue"),
	N_("droits lus"), N_("paiements lus"),
	N_("détail d'un paiement"), N_("cartes lues"),
	N_("demandes lues"), N_("suivi d'une demande"),
	N_("récépissé imprimé"), N_("demandes à suivre"),
	N_("rendez-vous lus"), N_("rendez-vous lu"),
	N_("convocation imprimée"), N_("rendez-vous pris"),
	N_("rendez-vous changé"), N_("créneau retenu"), N_("créneau rendu"),
	N_("créneaux lus"), N_("ouverture du dossier"),
	N_("contact lu"), N_("contact changé"), N_("contact clos"),
	N_("preuve d'identité"), N_("CEAM commandée"), N_("CEAM déclarée perdue"),
	N_("carte Vitale commandée"), N_("carte Vitale perdue"),
	N_("certificat imprimé"), N_("pièce jointe"),
	N_("accès exceptionnel"), N_("accès sensible ouvert"),
	N_("accès à contrôler lus"), N_("accès contrôlé"),
	N_("journal lu"), N_("connexion"), N_("session prolongée"),
	N_("déconnexion"), N_("mot de passe redonné"),
	N_("connexion par fournisseur demandée"),
	N_("connexion par fournisseur suivie"),
	N_("points d'accueil lus"), N_("motifs lus"), NULL,
};
_Static_assert(sizeof(journal_operations) == sizeof(label_operation),
	       "every operation needs words");

const char *const label_motive[MOTIVE_N + 1] = {
	[MOTIVE_VISIT] = N_("visite"),
	[MOTIVE_CALL] = N_("appel"),
	[MOTIVE_MAIL] = N_("courrier"),
	[MOTIVE_TASK] = N_("tâche"),
};

const char *journal_operation_words(const char *operation)
{
	for (int i = 1; journal_operations[i]; i++)
		if (strcmp(journal_operations[i], operation) == 0)
			return _(label_operation[i]);
	return operation;
}

void journal_status_words(int64_t status, char *out, size_t out_size)
{
	if (status < 300)
		snprintf(out, out_size, "%s", _("fait"));
	else if (status < 500)
		snprintf(out, out_size, _("refusé %lld"), (long long)status);
	else
		snprintf(out, out_size, _("panne %lld"), (long long)status);
}

static void add(char *out, size_t out_size, const char *words)
{
	size_t used = strlen(out);

	if (words[0] && used < out_size)
		snprintf(out + used, out_size - used, "%s%s", used ? " · " : "",
			 words);
}

static void add_period(const struct journal_query *filter, char *out, size_t out_size)
{
	char from[DATE_TEXT], to[DATE_TEXT], words[80] = "";

	date_to_short(filter->from, from);
	date_to_short(filter->to, to);
	if (date_is_set(filter->from) && date_is_set(filter->to))
		snprintf(words, sizeof(words), _("du %s au %s"), from, to);
	else if (date_is_set(filter->from))
		snprintf(words, sizeof(words), _("depuis le %s"), from);
	else if (date_is_set(filter->to))
		snprintf(words, sizeof(words), _("jusqu'au %s"), to);
	add(out, out_size, words);
}

void journal_filter_words(const struct ui_ctx *ctx, char *out, size_t out_size)
{
	const struct journal *journal = &app_of(ctx)->journal;
	const struct journal_query *filter = &journal->filter;

	out[0] = '\0';
	add(out, out_size, filter->agent);
	if (filter->refused)
		add(out, out_size, _("refus seulement"));
	if (filter->insured_id[0])
		add(out, out_size, journal->person[0] ? journal->person
						      : _("un seul dossier"));
	if (filter->operation[0])
		add(out, out_size, journal_operation_words(filter->operation));
	add_period(filter, out, out_size);
	add(out, out_size, journal->office);
}

void journal_clear(struct app *app)
{
	struct journal *journal = &app->journal;

	codec_clear(&journal_query_codec, &journal->filter);
	journal->person[0] = journal->office[0] = '\0';
	journal->turn++;
}

void journal_only_agent(struct ui_ctx *ctx, const char *agent)
{
	struct journal *journal = &app_of(ctx)->journal;

	text_copy(journal->filter.agent, sizeof(journal->filter.agent), agent);
	journal->turn++;
}

void journal_only_file(struct ui_ctx *ctx, const char *insured_id, const char *person)
{
	struct journal *journal = &app_of(ctx)->journal;

	if (strcmp(journal->filter.insured_id, insured_id) == 0)
		return;
	text_ellipsis(journal->person, sizeof(journal->person), person, 38);
	text_copy(journal->filter.insured_id, sizeof(journal->filter.insured_id),
		  insured_id);
	journal->turn++;
}
