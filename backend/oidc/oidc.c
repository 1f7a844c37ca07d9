/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "oidc/flows.h"
#include "auth.h"
#include "crew.h"
#include "exchange_private.h"
#include "server.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/log.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#define WAITING_MOST 64

struct oidc {
	struct server *server;
	const struct oidc_config *config;
	struct provider provider;
	struct flows flows;
	struct crew *crew;
};

static void log_loss(const char *event, const struct err *why)
{
	log_event(LOG_WARN, event, "why", why->word[0] ? why->word : "unknown", NULL);
}

static bool start_grant(struct oidc *oidc, struct fetch *fetch, struct exchange *ex,
			struct err *err)
{
	struct federation *federation = &ex->oidc->federation;
	struct flow flow = { .where = *(struct federation_new *)ex->body };
	struct device_grant grant;
	struct err lost = { 0 };
	int64_t now_ms = clock_mono_ms();

	if (!flows_room(&oidc->flows, ex->req.origin, now_ms)) {
		ex->req.retry_s = 30;
		return req_refuse(err, 429, "quota.exceeded",
			_("trop de connexions commencées : patientez un instant"));
	}
	if (!provider_start(&oidc->provider, fetch, &grant, &lost)) {
		log_loss("oidc.lost", &lost);
		return req_refuse(err, 503, "provider.lost",
			_("le fournisseur d'identité ne répond pas"));
	}
	token_new(federation->handle, flow.handle);
	memcpy(flow.station, ex->req.station, STATION_SIZE);
	memcpy(flow.origin, ex->req.origin, STATION_SIZE);
	memcpy(flow.device_code, grant.device_code, sizeof(flow.device_code));
	flow.interval_ms = grant.interval_s * 1000;
	flow.due_ms = now_ms;
	flow.expires_ms = now_ms + grant.expires_in_s * 1000;
	text_copy(federation->provider, sizeof(federation->provider),
		  oidc->config->name);
	text_copy(federation->user_code, sizeof(federation->user_code),
		  grant.user_code);
	text_copy(federation->verification_uri,
		  sizeof(federation->verification_uri), grant.verification_uri);
	federation->interval_s = grant.interval_s;
	federation->expires_at = ex->req.now_ms + grant.expires_in_s * 1000;
	explicit_bzero(&grant, sizeof(grant));
	if (flows_add(&oidc->flows, &flow))
		return true;
	return req_refuse(err, 503, "server.busy",
			  _("trop de connexions en même temps : réessayez"));
}

static bool expired(struct err *err)
{
	return req_refuse(err, 422, "grant.expired",
			  _("ce code ne vaut plus : recommencez"));
}

static bool slow_down(struct err *err)
{
	return req_refuse(err, 429, "grant.early",
			  _("demandes trop rapprochées : patientez"));
}

/* What the provider answered, as the client will read it. */
static bool take_result(enum grant_result result, const struct err *why,
			struct err *err)
{
	switch (result) {
	case GRANT_GIVEN:
		return true;
	case GRANT_PENDING:
		return req_refuse(err, 409, "grant.pending",
				  _("le code n'est pas encore tapé"));
	case GRANT_SLOW_DOWN:
		return slow_down(err);
	case GRANT_DENIED:
		return req_refuse(err, 403, "grant.denied",
				  _("la connexion a été refusée là-bas"));
	case GRANT_EXPIRED:
		return expired(err);
	case GRANT_LOST:
		log_loss("oidc.lost", why);
		return req_refuse(err, 503, "provider.lost",
			_("le fournisseur d'identité ne répond pas"));
	case GRANT_UNPROVED:
		log_loss("oidc.unproved", why);
		break;
	}
	return req_refuse(err, 403, "identity.refused",
		_("le fournisseur d'identité n'a pas prouvé qui vous êtes"));
}

static bool poll_grant(struct oidc *oidc, struct fetch *fetch, struct exchange *ex,
		       struct err *err)
{
	const struct federation_poll *poll = ex->body;
	unsigned char handle[TOKEN_HASH_SIZE];
	struct err why = { 0 };
	enum grant_result result;
	struct flow flow;

	if (!token_hash(poll->handle, handle))
		return expired(err);
	switch (flows_take(&oidc->flows, handle, ex->req.station, clock_mono_ms(),
			   &flow, &ex->req.retry_s)) {
	case FLOW_NONE:
		return expired(err);
	case FLOW_EARLY:
		return slow_down(err);
	case FLOW_ASK:
		break;
	}
	result = provider_poll(&oidc->provider, fetch, flow.device_code,
			       ex->req.now_ms, ex->oidc->login, &why);
	flows_settle(&oidc->flows, handle, result, clock_mono_ms(),
		     &ex->req.retry_s);
	ex->oidc->where = flow.where;
	explicit_bzero(&flow, sizeof(flow));
	return take_result(result, &why, err);
}

static void *begin(void *self)
{
	return fetch_new(((struct oidc *)self)->config);
}

static void end(void *own)
{
	fetch_free(own);
}

static void ask(void *self, void *own, struct exchange *ex)
{
	struct oidc *oidc = self;

	ex->oidc = mem_new(1, sizeof(*ex->oidc));
	codec_clear(&federation_codec, &ex->oidc->federation);
	ex->req.oidc = ex->oidc;
	if (ex->route->op == &api_federation_start)
		start_grant(oidc, own, ex, &ex->oidc->refused);
	else
		poll_grant(oidc, own, ex, &ex->oidc->refused);
	writer_submit(oidc->server->writer, &ex->job);
}

struct oidc *oidc_start(struct server *server, const struct oidc_config *config,
			struct err *err)
{
	static const struct crew_work work = {
		.serve = ask, .begin = begin, .end = end, .waiting_most = WAITING_MOST,
	};
	struct oidc *oidc = mem_new(1, sizeof(*oidc));

	oidc->server = server;
	oidc->config = config;
	provider_init(&oidc->provider, config);
	flows_init(&oidc->flows);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	oidc->crew = crew_start(&work, oidc, err);
	if (oidc->crew)
		return oidc;
	oidc_stop(oidc);
	return NULL;
}

void oidc_stop(struct oidc *oidc)
{
	if (!oidc)
		return;
	crew_stop(oidc->crew);
	flows_fini(&oidc->flows);
	provider_fini(&oidc->provider);
	free(oidc);
	curl_global_cleanup();
}

bool oidc_submit(struct oidc *oidc, struct exchange *ex)
{
	return crew_submit(oidc->crew, ex);
}
