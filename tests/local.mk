# SPDX-License-Identifier: GPL-3.0-or-later
# A unit test links only what its folder may see: an include arrow that points
# the wrong way does not link.  One block per area; unit_tests is both built
# and run by `make check`.
unit_tests =
sh_tests = %D%/arrows.sh %D%/checks_fail_when_broken.sh %D%/keys_are_played.sh \
	%D%/lists.sh \
	%D%/option_types.sh %D%/po.sh %D%/shell.sh %D%/style.sh

# Where the tests of every kind find things, whatever folder make runs in.
AM_TESTS_ENVIRONMENT = \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	LC_ALL=C.UTF-8; export LC_ALL; \
	CC='$(CC)'; export CC; \
	INPUTRC=/dev/null; export INPUTRC;

EXTRA_DIST += %D%/unit/unit.h

if HAVE_CMOCKA
AM_CPPFLAGS += $(CMOCKA_CFLAGS)

# --- base ---
unit_tests += test_buf test_clock test_date test_err test_fold \
	test_iban test_intl test_log test_mem test_moment test_money test_nir \
	test_option test_owner test_rows test_secret test_text test_workdays
base_test_LDADD = libbase.a $(CMOCKA_LIBS)
test_buf_SOURCES = %D%/unit/test_buf.c
test_buf_LDADD = $(base_test_LDADD)
test_clock_SOURCES = %D%/unit/test_clock.c
test_clock_LDADD = $(base_test_LDADD)
test_date_SOURCES = %D%/unit/test_date.c
test_date_LDADD = $(base_test_LDADD)
test_err_SOURCES = %D%/unit/test_err.c
test_err_LDADD = $(base_test_LDADD)
test_fold_SOURCES = %D%/unit/test_fold.c
test_fold_LDADD = $(base_test_LDADD)
test_iban_SOURCES = %D%/unit/test_iban.c
test_iban_LDADD = $(base_test_LDADD)
test_intl_SOURCES = %D%/unit/test_intl.c
test_intl_LDADD = $(base_test_LDADD)
test_log_SOURCES = %D%/unit/test_log.c
test_log_LDADD = $(base_test_LDADD)
test_mem_SOURCES = %D%/unit/test_mem.c
test_mem_LDADD = $(base_test_LDADD)
test_moment_SOURCES = %D%/unit/test_moment.c
test_moment_LDADD = $(base_test_LDADD)
test_money_SOURCES = %D%/unit/test_money.c
test_money_LDADD = $(base_test_LDADD)
test_nir_SOURCES = %D%/unit/test_nir.c
test_nir_LDADD = $(base_test_LDADD)
test_option_SOURCES = %D%/unit/test_option.c
test_option_LDADD = $(base_test_LDADD)
test_owner_SOURCES = %D%/unit/test_owner.c
test_owner_LDADD = $(base_test_LDADD)
test_rows_SOURCES = %D%/unit/test_rows.c
test_rows_LDADD = $(base_test_LDADD)
test_secret_SOURCES = %D%/unit/test_secret.c
test_secret_LDADD = $(base_test_LDADD) $(SODIUM_LIBS)
test_text_SOURCES = %D%/unit/test_text.c
test_text_LDADD = $(base_test_LDADD)
test_workdays_SOURCES = %D%/unit/test_workdays.c
test_workdays_LDADD = $(base_test_LDADD)


# --- api ---
unit_tests += test_codec test_format test_openapi test_ops test_path
schema_test_LDADD = libschema.a libbase.a $(JANSSON_LIBS) $(CMOCKA_LIBS)
test_codec_SOURCES = %D%/unit/test_codec.c
test_codec_LDADD = $(schema_test_LDADD)
test_format_SOURCES = %D%/unit/test_format.c
test_format_LDADD = $(schema_test_LDADD)
test_openapi_SOURCES = %D%/unit/test_openapi.c
test_openapi_LDADD = $(schema_test_LDADD)
test_ops_SOURCES = %D%/unit/test_ops.c
test_ops_LDADD = $(schema_test_LDADD)
test_path_SOURCES = %D%/unit/test_path.c
test_path_LDADD = $(schema_test_LDADD)

unit_tests += test_client test_http test_reply
wire_sources = %D%/unit/wire.c %D%/unit/wire.h
test_client_SOURCES = %D%/unit/test_client.c $(wire_sources)
test_client_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=clock_mono_ms
test_client_LDADD = libapi.a $(schema_test_LDADD) $(SODIUM_LIBS)
test_reply_SOURCES = %D%/unit/test_reply.c $(wire_sources)
test_reply_LDFLAGS = $(test_client_LDFLAGS)
test_reply_LDADD = $(test_client_LDADD)
test_http_SOURCES = %D%/unit/test_http.c
test_http_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=dlopen
test_http_LDADD = libapi.a $(schema_test_LDADD) $(SODIUM_LIBS)


# --- tui ---
unit_tests += test_cells test_clipboard test_edit test_form test_input test_keymap \
	test_layout test_prompt test_tty test_ui
tui_desk = %D%/unit/tui_desk.c %D%/unit/tui_desk.h
tui_test_LDADD = $(tui_link) $(CMOCKA_LIBS)
test_cells_SOURCES = %D%/unit/test_cells.c
test_cells_LDADD = $(tui_test_LDADD)
test_clipboard_SOURCES = %D%/unit/test_clipboard.c
test_clipboard_LDADD = $(tui_test_LDADD)
test_edit_SOURCES = %D%/unit/test_edit.c
test_edit_LDADD = $(tui_test_LDADD)
test_form_SOURCES = %D%/unit/test_form.c $(tui_desk)
test_form_LDADD = $(tui_test_LDADD)
test_input_SOURCES = %D%/unit/test_input.c
test_input_LDADD = $(tui_test_LDADD)
test_keymap_SOURCES = %D%/unit/test_keymap.c
test_keymap_LDADD = $(tui_test_LDADD)
test_layout_SOURCES = %D%/unit/test_layout.c $(tui_desk)
test_layout_LDADD = $(tui_test_LDADD)
test_prompt_SOURCES = %D%/unit/test_prompt.c $(tui_desk)
test_prompt_LDADD = $(tui_test_LDADD)
test_tty_SOURCES = %D%/unit/test_tty.c
test_tty_LDADD = $(tui_test_LDADD)
test_ui_SOURCES = %D%/unit/test_ui.c $(tui_desk)
test_ui_LDADD = $(tui_test_LDADD)


# --- screens ---
# The whole application on a transport answered by hand.
unit_tests += test_tutorial
screen_desk = %D%/unit/screen_desk.c %D%/unit/screen_desk.h \
	%D%/unit/fake_api.c %D%/unit/fake_api.h
screen_test_LDADD = libscreens.a libtui.a libschema.a libbase.a \
	$(TUI_LIBS) $(READLINE_LIBS) $(JANSSON_LIBS) $(SODIUM_LIBS) \
	$(CMOCKA_LIBS)
test_tutorial_SOURCES = %D%/unit/test_tutorial.c $(screen_desk)
test_tutorial_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/screens
test_tutorial_LDADD = $(screen_test_LDADD)
unit_tests += test_screen_login
test_screen_login_SOURCES = %D%/unit/test_screen_login.c $(screen_desk)
test_screen_login_LDADD = $(screen_test_LDADD)
unit_tests += test_screen_again
test_screen_again_SOURCES = %D%/unit/test_screen_again.c $(screen_desk)
test_screen_again_LDADD = $(screen_test_LDADD)
unit_tests += test_save
test_save_SOURCES = %D%/unit/test_save.c
test_save_LDADD = libscreens.a libbase.a $(CMOCKA_LIBS)
unit_tests += test_screen_home
test_screen_home_SOURCES = %D%/unit/test_screen_home.c $(screen_desk)
test_screen_home_LDADD = $(screen_test_LDADD)
unit_tests += test_screen_payments
test_screen_payments_SOURCES = %D%/unit/test_screen_payments.c $(screen_desk)
test_screen_payments_LDADD = $(screen_test_LDADD)
unit_tests += test_screen_contact
test_screen_contact_SOURCES = %D%/unit/test_screen_contact.c $(screen_desk)
test_screen_contact_LDADD = $(screen_test_LDADD)
unit_tests += test_screen_cards
test_screen_cards_SOURCES = %D%/unit/test_screen_cards.c $(screen_desk)
test_screen_cards_LDADD = $(screen_test_LDADD)
unit_tests += test_screen_booking
test_screen_booking_SOURCES = %D%/unit/test_screen_booking.c $(screen_desk)
test_screen_booking_LDADD = $(screen_test_LDADD)
unit_tests += test_screen_appointments
test_screen_appointments_SOURCES = %D%/unit/test_screen_appointments.c $(screen_desk)
test_screen_appointments_LDADD = $(screen_test_LDADD)
unit_tests += test_screen_request
test_screen_request_SOURCES = %D%/unit/test_screen_request.c $(screen_desk)
test_screen_request_LDADD = $(screen_test_LDADD)
unit_tests += test_screen_access
test_screen_access_SOURCES = %D%/unit/test_screen_access.c $(screen_desk)
test_screen_access_LDADD = $(screen_test_LDADD)
unit_tests += test_screen_journal
test_screen_journal_SOURCES = %D%/unit/test_screen_journal.c $(screen_desk)
test_screen_journal_LDADD = $(screen_test_LDADD)
unit_tests += test_screen_app
test_screen_app_SOURCES = %D%/unit/test_screen_app.c $(screen_desk)
test_screen_app_LDADD = $(screen_test_LDADD)

# The first block of C of the page is the screen.
tests/unit/test_tutorial-test_tutorial.$(OBJEXT): tutorial_screen.c
tutorial_screen.c: $(top_srcdir)/docs/screens.md
	$(AM_V_GEN)awk '/^```c/ { n++; on = n == 1; next } /^```/ { on = 0 } on' \
		$(top_srcdir)/docs/screens.md > $@
CLEANFILES += tutorial_screen.c
EXTRA_DIST += docs/screens.md


# --- backend ---
if BACKEND
unit_tests += test_db
backend_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/backend
backend_test_LDADD = libbackend.a libbase.a $(SQLITE_LIBS) $(SODIUM_LIBS) \
	$(CMOCKA_LIBS)
test_db_SOURCES = %D%/unit/test_db.c
test_db_CPPFLAGS = $(backend_test_CPPFLAGS)
test_db_LDADD = $(backend_test_LDADD)

# Handlers on a small caisse of their own.
handler_test_LDADD = libbackend.a libschema.a libbase.a $(PAPER_LIBS) \
	$(SQLITE_LIBS) $(SODIUM_LIBS) $(JANSSON_LIBS) $(CMOCKA_LIBS)
backend_fixture = %D%/unit/backend_fixture.c %D%/unit/backend_fixture.h
sh_tests += %D%/commands.sh %D%/guichetd.sh %D%/trace.sh %D%/installed.sh \
	%D%/office.sh %D%/private.sh %D%/service.sh %D%/sessions.sh
unit_tests += test_audit test_auth test_idempotency test_req test_route
test_audit_SOURCES = %D%/unit/test_audit.c $(backend_fixture)
test_audit_CPPFLAGS = $(backend_test_CPPFLAGS)
test_audit_LDADD = $(handler_test_LDADD)
unit_tests += test_audit_days test_witness
test_audit_days_SOURCES = %D%/unit/test_audit_days.c $(backend_fixture)
test_audit_days_CPPFLAGS = $(backend_test_CPPFLAGS)
test_audit_days_LDADD = $(handler_test_LDADD)
unit_tests += test_audit_store
test_audit_store_SOURCES = %D%/unit/test_audit_store.c $(backend_fixture)
test_audit_store_CPPFLAGS = $(backend_test_CPPFLAGS)
test_audit_store_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
test_audit_store_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=sqlite3_step,--wrap=sqlite3_bind_int64
test_audit_store_LDADD = $(handler_test_LDADD)
unit_tests += test_backup
test_backup_SOURCES = %D%/unit/test_backup.c $(backend_fixture)
test_backup_CPPFLAGS = $(backend_test_CPPFLAGS)
test_backup_LDADD = $(handler_test_LDADD) -lpthread
test_witness_SOURCES = %D%/unit/test_witness.c $(backend_fixture)
test_witness_CPPFLAGS = $(backend_test_CPPFLAGS)
test_witness_LDADD = $(handler_test_LDADD)
test_auth_SOURCES = %D%/unit/test_auth.c $(backend_fixture)
test_auth_CPPFLAGS = $(backend_test_CPPFLAGS)
test_auth_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
test_idempotency_SOURCES = %D%/unit/test_idempotency.c $(backend_fixture)
test_idempotency_CPPFLAGS = $(backend_test_CPPFLAGS)
test_idempotency_LDADD = $(handler_test_LDADD)
test_req_SOURCES = %D%/unit/test_req.c $(backend_fixture)
test_req_CPPFLAGS = $(backend_test_CPPFLAGS)
test_req_LDADD = $(handler_test_LDADD)
unit_tests += test_cage test_head test_server test_watch
test_cage_SOURCES = %D%/unit/test_cage.c
test_cage_CPPFLAGS = $(backend_test_CPPFLAGS)
test_cage_LDADD = libbackend.a libbase.a -lpthread $(CMOCKA_LIBS)
test_head_SOURCES = %D%/unit/test_head.c
test_head_CPPFLAGS = $(backend_test_CPPFLAGS)
test_head_LDADD = libbackend.a $(CMOCKA_LIBS)
test_watch_SOURCES = %D%/unit/test_watch.c
test_watch_CPPFLAGS = $(backend_test_CPPFLAGS)
test_watch_LDADD = libbackend.a libbase.a $(CMOCKA_LIBS)
test_server_SOURCES = %D%/unit/test_server.c %D%/unit/backend_wire.c \
	%D%/unit/backend_wire.h $(backend_fixture)
test_server_CPPFLAGS = $(backend_test_CPPFLAGS)
test_server_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=mmap
test_server_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
unit_tests += test_crowd test_metrics
test_crowd_SOURCES = %D%/unit/test_crowd.c %D%/unit/backend_wire.c \
	%D%/unit/backend_wire.h $(backend_fixture)
test_crowd_CPPFLAGS = $(backend_test_CPPFLAGS)
test_crowd_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
test_metrics_SOURCES = %D%/unit/test_metrics.c %D%/unit/backend_wire.c \
	%D%/unit/backend_wire.h $(backend_fixture)
test_metrics_CPPFLAGS = $(backend_test_CPPFLAGS)
test_metrics_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
unit_tests += test_oidc test_sign_in test_totp
test_oidc_SOURCES = %D%/unit/test_oidc.c %D%/unit/backend_wire.c \
	%D%/unit/backend_wire.h $(backend_fixture) %D%/oidc/provider.c \
	%D%/oidc/provider.h
test_oidc_CPPFLAGS = $(backend_test_CPPFLAGS)
test_oidc_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=clock_mono_ms
test_oidc_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
test_totp_SOURCES = %D%/unit/test_totp.c $(backend_fixture)
test_totp_CPPFLAGS = $(backend_test_CPPFLAGS)
test_totp_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
test_sign_in_SOURCES = %D%/unit/test_sign_in.c %D%/unit/backend_wire.c \
	%D%/unit/backend_wire.h $(backend_fixture)
test_sign_in_CPPFLAGS = $(backend_test_CPPFLAGS)
test_sign_in_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=crypto_pwhash
test_sign_in_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
test_route_SOURCES = %D%/unit/test_route.c
test_route_CPPFLAGS = $(backend_test_CPPFLAGS)
test_route_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
access_fixture = %D%/unit/access_fixture.c %D%/unit/access_fixture.h \
	$(backend_fixture)
unit_tests += test_access test_access_lost test_journal test_review
test_access_lost_SOURCES = %D%/unit/test_access_lost.c $(access_fixture)
test_access_lost_CPPFLAGS = $(backend_test_CPPFLAGS)
test_access_lost_LDADD = $(handler_test_LDADD)
test_access_SOURCES = %D%/unit/test_access.c $(access_fixture)
test_access_CPPFLAGS = $(backend_test_CPPFLAGS)
test_access_LDADD = $(handler_test_LDADD)
unit_tests += test_access_store
test_access_store_SOURCES = %D%/unit/test_access_store.c $(access_fixture)
test_access_store_CPPFLAGS = $(backend_test_CPPFLAGS)
test_access_store_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=crypto_pwhash_str_alg
test_access_store_LDADD = $(handler_test_LDADD)
test_journal_SOURCES = %D%/unit/test_journal.c $(access_fixture)
test_journal_CPPFLAGS = $(backend_test_CPPFLAGS)
test_journal_LDADD = $(handler_test_LDADD)
test_review_SOURCES = %D%/unit/test_review.c $(access_fixture)
test_review_CPPFLAGS = $(backend_test_CPPFLAGS)
test_review_LDADD = $(handler_test_LDADD)
unit_tests += test_contact test_masking test_payments test_search
test_search_SOURCES = %D%/unit/test_search.c $(backend_fixture)
test_search_CPPFLAGS = $(backend_test_CPPFLAGS)
test_search_LDADD = $(handler_test_LDADD)
test_contact_SOURCES = %D%/unit/test_contact.c $(backend_fixture)
test_contact_CPPFLAGS = $(backend_test_CPPFLAGS)
test_contact_LDADD = $(handler_test_LDADD)
test_masking_SOURCES = %D%/unit/test_masking.c $(backend_fixture)
test_masking_CPPFLAGS = $(backend_test_CPPFLAGS)
test_masking_LDADD = $(handler_test_LDADD)
test_payments_SOURCES = %D%/unit/test_payments.c $(backend_fixture)
test_payments_CPPFLAGS = $(backend_test_CPPFLAGS)
test_payments_LDADD = $(handler_test_LDADD)
unit_tests += test_slots
cards_fixture = $(backend_fixture) %D%/unit/cards_fixture.c \
	%D%/unit/cards_fixture.h
cards_test_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
test_slots_SOURCES = %D%/unit/test_slots.c $(cards_fixture)
test_slots_CPPFLAGS = $(backend_test_CPPFLAGS)
test_slots_LDADD = $(cards_test_LDADD)
unit_tests += test_appointments
test_appointments_SOURCES = %D%/unit/test_appointments.c $(cards_fixture)
test_appointments_CPPFLAGS = $(backend_test_CPPFLAGS)
test_appointments_LDADD = $(cards_test_LDADD)
unit_tests += test_ehic
test_ehic_SOURCES = %D%/unit/test_ehic.c $(cards_fixture)
test_ehic_CPPFLAGS = $(backend_test_CPPFLAGS)
test_ehic_LDADD = $(cards_test_LDADD)
unit_tests += test_vitale
test_vitale_SOURCES = %D%/unit/test_vitale.c $(cards_fixture)
test_vitale_CPPFLAGS = $(backend_test_CPPFLAGS)
test_vitale_LDADD = $(cards_test_LDADD)
unit_tests += test_attachments
test_attachments_SOURCES = %D%/unit/test_attachments.c $(cards_fixture)
test_attachments_CPPFLAGS = $(backend_test_CPPFLAGS)
test_attachments_LDADD = $(cards_test_LDADD)
unit_tests += test_caisse test_import
test_caisse_SOURCES = %D%/unit/test_caisse.c $(backend_fixture)
test_caisse_CPPFLAGS = $(backend_test_CPPFLAGS)
test_caisse_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
test_import_SOURCES = %D%/unit/test_import.c $(backend_fixture)
test_import_CPPFLAGS = $(backend_test_CPPFLAGS)
test_import_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
unit_tests += test_listen
test_listen_SOURCES = %D%/unit/test_listen.c
test_listen_CPPFLAGS = $(backend_test_CPPFLAGS)
test_listen_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
unit_tests += test_oidc_config
test_oidc_config_SOURCES = %D%/unit/test_oidc_config.c
test_oidc_config_CPPFLAGS = $(backend_test_CPPFLAGS)
test_oidc_config_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
unit_tests += test_store_check
test_store_check_SOURCES = %D%/unit/test_store_check.c $(backend_fixture)
test_store_check_CPPFLAGS = $(backend_test_CPPFLAGS)
test_store_check_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
unit_tests += test_user
test_user_SOURCES = %D%/unit/test_user.c $(backend_fixture)
test_user_CPPFLAGS = $(backend_test_CPPFLAGS)
test_user_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
unit_tests += test_paper
test_paper_SOURCES = %D%/unit/test_paper.c
test_paper_CPPFLAGS = $(backend_test_CPPFLAGS)
test_paper_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
unit_tests += test_seed
test_seed_SOURCES = %D%/unit/test_seed.c
test_seed_CPPFLAGS = $(backend_test_CPPFLAGS)
test_seed_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
endif


# --- build ---
if HAVE_VTERM
unit_tests += test_runner
test_runner_SOURCES = %D%/unit/test_runner.c %D%/e2e/escapes.c %D%/e2e/keys.c \
	%D%/e2e/relay.c
test_runner_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
test_runner_LDADD = $(CMOCKA_LIBS)
endif


# --- end of the areas ---
endif

include %D%/e2e/local.mk
include %D%/contract/local.mk
include %D%/faults/local.mk
include %D%/fuzz/local.mk
include %D%/hostile/local.mk
include %D%/judges/local.mk
include %D%/accounts/local.mk
include %D%/oidc/local.mk
include %D%/security/local.mk
include %D%/strict/local.mk
include %D%/tls/local.mk
include %D%/torture/local.mk

# In folders of their own, built for it: what the tests run, and the daemon under
# the thread sanitizer (make tsan TSAN_SECONDS=600).
TSAN_SECONDS = 300
.PHONY: coverage tsan
coverage:
	+CC='$(CC)' MAKE='$(MAKE)' srcdir='$(abs_top_srcdir)' \
		$(SHELL) $(srcdir)/%D%/coverage.sh
tsan:
	+CC='$(CC)' MAKE='$(MAKE)' srcdir='$(abs_top_srcdir)' \
		$(SHELL) $(srcdir)/%D%/tsan.sh $(TSAN_SECONDS)
EXTRA_DIST += %D%/coverage.sh %D%/tsan.sh

check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests) $(sh_tests)
dist_check_SCRIPTS += $(sh_tests)
