# SPDX-License-Identifier: GPL-3.0-or-later
# The runner of .e2e scripts needs libvterm alone; its own test drives a toy.
if HAVE_VTERM
check_PROGRAMS += e2e_run e2e_toy
# All but main(): another program may drive a terminal too.
e2e_parts = \
	%D%/escapes.c \
	%D%/keys.c \
	%D%/looks.c \
	%D%/memory.c \
	%D%/monkey.c \
	%D%/outside.c \
	%D%/picture.c \
	%D%/procs.c \
	%D%/relay.c \
	%D%/run.c \
	%D%/run.h \
	%D%/server.c \
	%D%/settle.c \
	%D%/storm.c \
	%D%/term.c \
	%D%/words.c
e2e_run_SOURCES = %D%/main.c $(e2e_parts)
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
	%D%/keymap-checked.e2e \
	%D%/no-server.e2e \
	%D%/print-config.e2e

e2e_scripts = \
	%D%/about.e2e \
	%D%/accessible.e2e \
	%D%/agenda-acts.e2e \
	%D%/agenda-day.e2e \
	%D%/agenda-no-show.e2e \
	%D%/appointments-acts.e2e \
	%D%/ascii.e2e \
	%D%/attach-changed.e2e \
	%D%/attach-photo.e2e \
	%D%/attach-refused.e2e \
	%D%/booking-move.e2e \
	%D%/booking-six-keys.e2e \
	%D%/booking-slot-taken.e2e \
	%D%/booking-two-agents.e2e \
	%D%/break-glass.e2e \
	%D%/break-glass-refused.e2e \
	%D%/cards-acts.e2e \
	%D%/cards-tab.e2e \
	%D%/changed-by-another.e2e \
	%D%/command-named.e2e \
	%D%/command-prompt.e2e \
	%D%/contact-close.e2e \
	%D%/contact-close-edited.e2e \
	%D%/copy.e2e \
	%D%/crash.e2e \
	%D%/database-newer.e2e \
	%D%/date-past.e2e \
	%D%/demo-made.e2e \
	%D%/discreet.e2e \
	%D%/draft.e2e \
	%D%/draft-dropped.e2e \
	%D%/draft-expired.e2e \
	%D%/draft-killed.e2e \
	%D%/draft-sent.e2e \
	%D%/draft-taken-up.e2e \
	%D%/draft-tampered.e2e \
	%D%/dumb-terminal.e2e \
	%D%/ehic-family-certificate.e2e \
	%D%/ehic-five-keys.e2e \
	%D%/ehic-loss.e2e \
	%D%/ehic-loss-no-order.e2e \
	%D%/ehic-valid-refused.e2e \
	%D%/english.e2e \
	%D%/esc-digits.e2e \
	%D%/family-tab.e2e \
	%D%/field-editing.e2e \
	%D%/file-own.e2e \
	%D%/file-sensitive.e2e \
	%D%/form-empty.e2e \
	%D%/frozen.e2e \
	%D%/help.e2e \
	%D%/hostile-everywhere.e2e \
	%D%/hostile-text.e2e \
	%D%/iban-search.e2e \
	%D%/idle-lock.e2e \
	%D%/insured-tab.e2e \
	%D%/journal.e2e \
	%D%/journal-export.e2e \
	%D%/journal-supervisors.e2e \
	%D%/keymap.e2e \
	%D%/keys.e2e \
	%D%/locale-c.e2e \
	%D%/locales.e2e \
	%D%/lock-wipes.e2e \
	%D%/login-federated.e2e \
	%D%/login-frozen.e2e \
	%D%/login-second-factor.e2e \
	%D%/login-wrong.e2e \
	%D%/main-screens-160x50.e2e \
	%D%/main-screens-60x20.e2e \
	%D%/main-screens-80x24.e2e \
	%D%/menu.e2e \
	%D%/messages-log.e2e \
	%D%/monkey.e2e \
	%D%/mouse.e2e \
	%D%/nir-pasted.e2e \
	%D%/nir-wrong-key.e2e \
	%D%/no-color.e2e \
	%D%/offices.e2e \
	%D%/open-anything.e2e \
	%D%/open-screen.e2e \
	%D%/paste-controls.e2e \
	%D%/paste-forged.e2e \
	%D%/paste-huge.e2e \
	%D%/payment-detail.e2e \
	%D%/payments-in-one-key.e2e \
	%D%/payments-list.e2e \
	%D%/period.e2e \
	%D%/period-wrong-dates.e2e \
	%D%/pictures.e2e \
	%D%/privacy.e2e \
	%D%/prove-document.e2e \
	%D%/prove-phone.e2e \
	%D%/prove-serial.e2e \
	%D%/reference-asked.e2e \
	%D%/repaint.e2e \
	%D%/request-tracking.e2e \
	%D%/requests-print.e2e \
	%D%/resize.e2e \
	%D%/reveal.e2e \
	%D%/reveal-phone.e2e \
	%D%/rights-tab.e2e \
	%D%/search-homonyms.e2e \
	%D%/search-name.e2e \
	%D%/search-nir.e2e \
	%D%/search-proved.e2e \
	%D%/server-answer-lost.e2e \
	%D%/server-foreign.e2e \
	%D%/server-full.e2e \
	%D%/server-gone-form.e2e \
	%D%/server-lost.e2e \
	%D%/server-slow.e2e \
	%D%/session-expired.e2e \
	%D%/tabs.e2e \
	%D%/terminal-ends.e2e \
	%D%/terminal-resizes.e2e \
	%D%/terminal-sizes.e2e \
	%D%/terminal-types.e2e \
	%D%/tiny-terminal.e2e \
	%D%/tour.e2e \
	%D%/two-desks.e2e \
	%D%/two-files.e2e \
	%D%/type-ahead.e2e \
	%D%/vitale-child.e2e \
	%D%/vitale-loss-faulty.e2e \
	%D%/vitale-loss-six-keys.e2e \
	%D%/vitale-refused-second.e2e \
	%D%/write-cut.e2e

EXTRA_DIST += $(e2e_client_scripts) $(e2e_scripts) %D%/data %D%/golden

# Hours of it: make monkey MONKEY_SEED=7 MONKEY_COUNT=100000
MONKEY_SEED = 1
MONKEY_COUNT = 100000
CLEANFILES += monkey-long.e2e
.PHONY: monkey
monkey: e2e_run$(EXEEXT) guichet$(EXEEXT) guichetd$(EXEEXT) e2e-seed.db
	$(AM_V_GEN)sed -n -e '/^server/,/^monkey/p' -e '/^monkey/q' \
		$(srcdir)/tests/e2e/monkey.e2e | \
		sed 's/^monkey .*/monkey $(MONKEY_SEED) $(MONKEY_COUNT)/' \
		>monkey-long.e2e
	./e2e_run monkey-long.e2e

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

# What a terminal and a hand may do, at length: make check-terminal; at night, make
# check-terminal TERMINAL_KEYS=1000000.  TERMINAL_SEED=N plays another storm.
TERMINAL_SEED = 1
TERMINAL_KEYS = 100000
CLEANFILES += terminal-long.e2e
.PHONY: check-terminal
check-terminal: e2e_run$(EXEEXT) guichet$(EXEEXT) guichetd$(EXEEXT) e2e-seed.db \
		test_ui$(EXEEXT)
	sed 's/^ends .*/ends $(TERMINAL_SEED) 500/' $(srcdir)/tests/e2e/terminal-ends.e2e \
		>terminal-long.e2e && ./e2e_run terminal-long.e2e
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do \
		sed "s/^resizes .*/resizes $(TERMINAL_SEED)$$i 1000/" \
			$(srcdir)/tests/e2e/terminal-resizes.e2e \
			>terminal-long.e2e && ./e2e_run terminal-long.e2e || exit 1; \
	done
	sed 's/^sizes 13/sizes 1/' $(srcdir)/tests/e2e/terminal-sizes.e2e \
		>terminal-long.e2e && ./e2e_run terminal-long.e2e
	for script in terminal-types locales paste-forged paste-huge; do \
		./e2e_run $(srcdir)/tests/e2e/$$script.e2e || exit 1; \
	done
	SEED=$(TERMINAL_SEED) TERMINAL_KEYS=$(TERMINAL_KEYS) ./test_ui$(EXEEXT)
	sed -n -e '/^server/,/^monkey/p' -e '/^monkey/q' $(srcdir)/tests/e2e/monkey.e2e | \
		sed "s/^monkey .*/monkey $(TERMINAL_SEED) $$(($(TERMINAL_KEYS) / 4))/" \
		>terminal-long.e2e && ./e2e_run terminal-long.e2e

# What each script proves: its name and the first sentence of its comment.
.PHONY: list-e2e
list-e2e:
	@cd $(srcdir)/%D% && for script in *.e2e; do \
		awk -v name="$${script%.e2e}" ' \
			!/^#/ { exit } \
			{ text = text substr($$0, 2) } \
			END { sub(/[.:] .*/, ".", text); \
				printf "%-28s%s\n", name, text }' "$$script"; \
	done
