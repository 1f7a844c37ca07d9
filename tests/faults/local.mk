# SPDX-License-Identifier: GPL-3.0-or-later
# Several agents at once, cut lines, a changed trace: a part of the rounds in
# `make check`, a thousand races of each kind in `make check-races`.
#
# The campaigns: `make check-faults` in some minutes, `make faults-night` with
# all their cases; FAULTS="N2=500 K1" chooses some and says how many cases of
# each, SEED=N draws other faults.
.PHONY: check-faults check-races check-swaps faults-night
dist_check_SCRIPTS += %D%/campaigns.sh
FAULTS =
if HAVE_CMOCKA
if BACKEND
rounds_sources = %D%/rounds.c %D%/rounds.h
check_PROGRAMS += test_faults
TESTS += test_faults
test_faults_SOURCES = \
	%D%/faults.h \
	%D%/line.c \
	%D%/main.c \
	%D%/races.c \
	%D%/replay.c \
	$(rounds_sources) \
	%D%/store.c \
	%D%/swaps.c \
	%D%/trace.c \
	tests/contract/daemon.c \
	$(contract_desk) $(bench_samples)
test_faults_LDADD = $(test_contract_LDADD) $(SQLITE_LIBS)
EXTRA_test_faults_DEPENDENCIES = guichetd$(EXEEXT)

# ---- campaigns: what the line and the machine may do to both ends ----
check_PROGRAMS += check-history faults_api
check_history_SOURCES = %D%/check_history.c %D%/history.c %D%/history.h \
	%D%/judge.c %D%/judge.h
check_history_LDADD = $(JANSSON_LIBS)
unit_tests += test_judge
test_judge_SOURCES = %D%/test_judge.c %D%/history.c %D%/history.h %D%/judge.c \
	%D%/judge.h
test_judge_LDADD = $(JANSSON_LIBS) $(CMOCKA_LIBS)

unit_tests += test_proxy
test_proxy_SOURCES = %D%/message.c %D%/proxy.c %D%/proxy.h %D%/test_proxy.c
test_proxy_LDADD = libbase.a $(CMOCKA_LIBS)

campaign_sources = \
	%D%/campaign.c \
	%D%/campaign.h \
	%D%/history.c \
	%D%/history.h \
	%D%/message.c \
	%D%/proxy.c \
	%D%/proxy.h \
	%D%/scene.c \
	%D%/scene.h \
	%D%/serve.c \
	%D%/site.c \
	%D%/site.h \
	%D%/skip.c \
	%D%/skip.h \
	%D%/worker.c \
	%D%/worker.h \
	tests/contract/daemon.c
faults_api_SOURCES = $(campaign_sources) \
	%D%/campaigns_api.c \
	%D%/crowd.c \
	%D%/cuts.c \
	%D%/faults.h \
	%D%/line.c \
	%D%/loss.c \
	%D%/lost.c \
	%D%/other_key.c \
	%D%/replays.c \
	%D%/restart.c \
	%D%/store.c \
	$(contract_desk) $(bench_samples)
faults_api_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=clock_mono_ms,--wrap=http_start
faults_api_LDADD = $(test_faults_LDADD)

if HAVE_VTERM
check_PROGRAMS += faults_desk
faults_desk_SOURCES = $(campaign_sources) \
	%D%/answers.c \
	%D%/answers.h \
	%D%/campaigns_desk.c \
	%D%/console.c \
	%D%/console.h \
	%D%/drafts.c \
	%D%/ends.c \
	%D%/ends.h \
	%D%/hostile.c \
	%D%/shortage.c \
	$(bench_samples) \
	tests/torture/fail.c \
	tests/torture/fail.h \
	tests/torture/preload.c \
	tests/torture/preload.h \
	$(e2e_parts)
faults_desk_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
faults_desk_LDFLAGS = $(faults_api_LDFLAGS)
faults_desk_LDADD = $(test_faults_LDADD) $(VTERM_LIBS)
endif

check-races: test_faults$(EXEEXT) guichetd$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) GUICHET_ROUNDS=1000 ./test_faults$(EXEEXT)

# Ten thousand identifiers put in the place of others, alone.
check-swaps: test_faults$(EXEEXT) guichetd$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) GUICHET_ROUNDS=1000 ./test_faults$(EXEEXT) \
		'a_stolen_*'

campaign_programs = check-history$(EXEEXT) faults_api$(EXEEXT) guichetd$(EXEEXT)
if HAVE_VTERM
campaign_programs += faults_desk$(EXEEXT) guichet$(EXEEXT) fail_malloc.so
endif

check-faults: $(campaign_programs)
	$(AM_TESTS_ENVIRONMENT) $(srcdir)/%D%/campaigns.sh $(FAULTS)

faults-night: $(campaign_programs)
	$(AM_TESTS_ENVIRONMENT) $(srcdir)/%D%/campaigns.sh --night $(FAULTS)
endif
endif
