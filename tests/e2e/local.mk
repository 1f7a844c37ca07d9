# SPDX-License-Identifier: GPL-3.0-or-later
# The runner of .e2e scripts needs libvterm alone; its own test drives a toy.
if HAVE_VTERM
check_PROGRAMS += e2e_run e2e_toy
e2e_run_SOURCES = \
	%D%/escapes.c \
	%D%/keys.c \
	%D%/looks.c \
	%D%/main.c \
	%D%/monkey.c \
	%D%/outside.c \
	%D%/picture.c \
	%D%/procs.c \
	%D%/relay.c \
	%D%/run.c \
	%D%/run.h \
	%D%/server.c \
	%D%/settle.c \
	%D%/term.c \
	%D%/words.c
e2e_run_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
e2e_run_LDADD = $(VTERM_LIBS)

e2e_toy_SOURCES = %D%/toy.c
e2e_toy_CFLAGS = $(AM_CFLAGS) $(TUI_CFLAGS)
e2e_toy_LDADD = $(TUI_LIBS)

sh_tests += %D%/runner.sh
E2E_LOG_COMPILER = $(top_builddir)/e2e_run
TESTS += $(e2e_client_scripts)
endif

# Sorted, one a line: those that play the client alone, and the others.
e2e_client_scripts = \
	%D%/command-line.e2e \
	%D%/no-server.e2e

e2e_scripts = \
	%D%/agenda-day.e2e \
	%D%/booking-six-keys.e2e \
	%D%/cards-tab.e2e \
	%D%/contact-close.e2e \
	%D%/draft.e2e \
	%D%/ehic-family-certificate.e2e \
	%D%/ehic-five-keys.e2e \
	%D%/ehic-valid-refused.e2e \
	%D%/english.e2e \
	%D%/family-tab.e2e \
	%D%/frozen.e2e \
	%D%/hostile-text.e2e \
	%D%/insured-tab.e2e \
	%D%/payment-detail.e2e \
	%D%/payments-in-one-key.e2e \
	%D%/pictures.e2e \
	%D%/prove-phone.e2e \
	%D%/request-tracking.e2e \
	%D%/resize.e2e \
	%D%/rights-tab.e2e \
	%D%/search-homonyms.e2e \
	%D%/search-name.e2e \
	%D%/search-nir.e2e \
	%D%/server-lost.e2e \
	%D%/tour.e2e \
	%D%/two-desks.e2e \
	%D%/two-files.e2e \
	%D%/vitale-loss-six-keys.e2e \
	%D%/vitale-refused-second.e2e \
	%D%/write-cut.e2e

EXTRA_DIST += $(e2e_client_scripts) $(e2e_scripts) %D%/golden

# One population for all scripts, copied by each: small, of one day, the same
# everywhere.
CLEANFILES += e2e-seed.db
if BACKEND
if HAVE_VTERM
TESTS += $(e2e_scripts)
check_DATA += e2e-seed.db
endif

e2e-seed.db: guichetd$(EXEEXT)
	$(AM_V_GEN)rm -f $@ $@.new* && \
	./guichetd seed --db $@.new --insured 2000 --seed 1 --today 2026-11-21 && \
	mv $@.new $@
endif
