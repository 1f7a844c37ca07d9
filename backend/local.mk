# SPDX-License-Identifier: GPL-3.0-or-later
# All of guichetd but main(), so that tests link it.
noinst_LIBRARIES += libbackend.a
libbackend_a_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/%D%
libbackend_a_CFLAGS = $(AM_CFLAGS) $(PAPER_CFLAGS) $(SQLITE_CFLAGS) \
	$(SODIUM_CFLAGS) $(CURL_CFLAGS) $(CJOSE_CFLAGS) $(MHD_CFLAGS) \
	$(GNUTLS_CFLAGS) $(JANSSON_CFLAGS)
libbackend_a_SOURCES = \
	%D%/access.c \
	%D%/access.h \
	%D%/access_command.c \
	%D%/check.c \
	%D%/agenda.c \
	%D%/agenda.h \
	%D%/agenda_search.c \
	%D%/answer.c \
	%D%/appointment_store.c \
	%D%/appointment_store.h \
	%D%/audit.c \
	%D%/audit.h \
	%D%/audit_purge.c \
	%D%/audit_verify.c \
	%D%/auth.c \
	%D%/auth.h \
	%D%/cage.c \
	%D%/cage.h \
	%D%/cage_calls.c \
	%D%/cage_files.c \
	%D%/caisse.c \
	%D%/caisse.h \
	%D%/backup.c \
	%D%/backup.h \
	%D%/backup_command.c \
	%D%/card_store.c \
	%D%/card_store.h \
	%D%/cells.c \
	%D%/cells.h \
	%D%/command.c \
	%D%/command.h \
	%D%/commands.c \
	%D%/crew.c \
	%D%/crew.h \
	%D%/csv.c \
	%D%/csv.h \
	%D%/cursor.c \
	%D%/ehic_rule.c \
	%D%/ehic_rule.h \
	%D%/exchange.c \
	%D%/exchange.h \
	%D%/exchange_private.h \
	%D%/exchange_write.c \
	%D%/filetype.c \
	%D%/filetype.h \
	%D%/handlers/appointment.c \
	%D%/handlers/appointment_list.c \
	%D%/handlers/attachment.c \
	%D%/handlers/beneficiary.c \
	%D%/handlers/break_glass.c \
	%D%/handlers/card.c \
	%D%/handlers/contact.c \
	%D%/handlers/contact.h \
	%D%/handlers/contact_store.c \
	%D%/handlers/ehic.c \
	%D%/handlers/handlers.h \
	%D%/handlers/federation.c \
	%D%/handlers/hold.c \
	%D%/handlers/insured.c \
	%D%/handlers/journal.c \
	%D%/handlers/office.c \
	%D%/handlers/paper.c \
	%D%/handlers/payment.c \
	%D%/handlers/payment.h \
	%D%/handlers/payment_detail.c \
	%D%/handlers/payment_row.c \
	%D%/handlers/payment_words.c \
	%D%/handlers/people.c \
	%D%/handlers/people.h \
	%D%/handlers/proof.c \
	%D%/handlers/request.c \
	%D%/handlers/reveal.c \
	%D%/handlers/review.c \
	%D%/handlers/review.h \
	%D%/handlers/review_store.c \
	%D%/handlers/right.c \
	%D%/handlers/search.c \
	%D%/handlers/search.h \
	%D%/handlers/search_name.c \
	%D%/handlers/search_sql.c \
	%D%/handlers/search_text.c \
	%D%/handlers/session.c \
	%D%/handlers/session.h \
	%D%/handlers/slot.c \
	%D%/handlers/vitale.c \
	%D%/head.c \
	%D%/head.h \
	%D%/headers.c \
	%D%/health.c \
	%D%/health.h \
	%D%/holder.c \
	%D%/holder.h \
	%D%/http.c \
	%D%/http.h \
	%D%/idempotency.c \
	%D%/idempotency.h \
	%D%/intake.c \
	%D%/intake.h \
	%D%/import.c \
	%D%/import.h \
	%D%/import_person.c \
	%D%/init.c \
	%D%/key_file.c \
	%D%/key_file.h \
	%D%/keys.c \
	%D%/keys.h \
	%D%/listen.c \
	%D%/listen.h \
	%D%/lockout.c \
	%D%/lockout.h \
	%D%/mask.c \
	%D%/mask.h \
	%D%/office.c \
	%D%/office_hours.c \
	%D%/oidc/config.c \
	%D%/oidc/config.h \
	%D%/oidc/fetch.c \
	%D%/oidc/fetch.h \
	%D%/oidc/flows.c \
	%D%/oidc/flows.h \
	%D%/oidc/oidc.c \
	%D%/oidc/oidc.h \
	%D%/oidc/provider.c \
	%D%/oidc/provider.h \
	%D%/oidc/token.c \
	%D%/oidc/token.h \
	%D%/paper/appointment.c \
	%D%/paper/certificate.c \
	%D%/paper/datamatrix.c \
	%D%/paper/datamatrix.h \
	%D%/paper/page.c \
	%D%/paper/page.h \
	%D%/paper/paper.h \
	%D%/paper/press.c \
	%D%/paper/press.h \
	%D%/paper/qrcode.c \
	%D%/paper/qrcode.h \
	%D%/paper/receipt.c \
	%D%/paper/sheet.c \
	%D%/paper/sheet.h \
	%D%/metrics.c \
	%D%/metrics.h \
	%D%/payline.c \
	%D%/payline.h \
	%D%/purge.c \
	%D%/problem.c \
	%D%/problem.h \
	%D%/query.c \
	%D%/query.h \
	%D%/quota.c \
	%D%/quota.h \
	%D%/req.c \
	%D%/req.h \
	%D%/request_store.c \
	%D%/request_store.h \
	%D%/route.c \
	%D%/route.h \
	%D%/rounds.c \
	%D%/rounds.h \
	%D%/routes.c \
	%D%/rules.c \
	%D%/rules.h \
	%D%/screen.c \
	%D%/screen.h \
	%D%/serve.c \
	%D%/server.c \
	%D%/server.h \
	%D%/setting.c \
	%D%/session_command.c \
	%D%/setting.h \
	%D%/sign_in.c \
	%D%/station.c \
	%D%/station.h \
	%D%/store/check.c \
	%D%/sealed.c \
	%D%/sealed.h \
	%D%/seed/agenda.c \
	%D%/seed/agenda.h \
	%D%/seed/bookings.c \
	%D%/seed/cards.c \
	%D%/seed/care.c \
	%D%/seed/care.h \
	%D%/seed/care_lines.c \
	%D%/seed/countries.c \
	%D%/seed/file.c \
	%D%/seed/given.c \
	%D%/seed/household.c \
	%D%/seed/income.c \
	%D%/seed/names.c \
	%D%/seed/offices.c \
	%D%/seed/payment.c \
	%D%/seed/person.c \
	%D%/seed/persona.c \
	%D%/seed/persona.h \
	%D%/seed/places.c \
	%D%/seed/professional.c \
	%D%/seed/requests.c \
	%D%/seed/rights.c \
	%D%/seed/rng.h \
	%D%/seed/scripts.c \
	%D%/seed/seed.c \
	%D%/seed/seed.h \
	%D%/seed/setup.c \
	%D%/seed/tables.h \
	%D%/seed/world.c \
	%D%/seed/write.c \
	%D%/store/backup.c \
	%D%/store/db.h \
	%D%/store/migrate.c \
	%D%/store/migrate.h \
	%D%/store/sqlite.c \
	%D%/store/sqlite.h \
	%D%/store/statement.c \
	%D%/tables/acts.c \
	%D%/tables/acts.h \
	%D%/tables/insert.c \
	%D%/tables/reasons.c \
	%D%/tables/tables.h \
	%D%/totp.c \
	%D%/totp.h \
	%D%/user.c \
	%D%/volume.c \
	%D%/volume.h \
	%D%/watch.c \
	%D%/watch.h \
	%D%/witness.c \
	%D%/witness.h \
	%D%/writer.c \
	%D%/writer.h
nodist_libbackend_a_SOURCES = %D%/store/sql_text.c
backend_LIBS = libbackend.a libschema.a libbase.a $(PAPER_LIBS) -lzint $(MHD_LIBS) \
	$(CURL_LIBS) $(CJOSE_LIBS) $(GNUTLS_LIBS) $(SQLITE_LIBS) \
	$(SODIUM_LIBS) $(JANSSON_LIBS) -lpthread

bin_PROGRAMS += guichetd
guichetd_SOURCES = %D%/main.c
guichetd_CPPFLAGS = $(libbackend_a_CPPFLAGS)
guichetd_LDADD = $(backend_LIBS)

# The migrations, as text of the program.
backend_sql = %D%/store/sql/001-main.sql \
	%D%/store/sql/002-audit-days.sql \
	%D%/store/sql/003-access.sql \
	%D%/store/sql/004-session-station.sql \
	%D%/store/sql/005-totp.sql
EXTRA_DIST += $(backend_sql) %D%/store/sql_text.awk
CLEANFILES += %D%/store/sql_text.c
%D%/store/sql_text.c: $(backend_sql) %D%/store/sql_text.awk
	$(AM_V_GEN)$(MKDIR_P) %D%/store && \
	srcs= && for f in $(backend_sql); do \
		if test -f $$f; then srcs="$$srcs $$f"; \
		else srcs="$$srcs $(srcdir)/$$f"; fi; done && \
	$(AWK) -f $(top_srcdir)/%D%/store/sql_text.awk $$srcs > $@.tmp && \
	mv $@.tmp $@
