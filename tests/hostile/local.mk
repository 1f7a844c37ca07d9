# SPDX-License-Identifier: GPL-3.0-or-later
# The client before a hostile server: some hundred screens in `make check`, a night
# of them by `make hostile HOSTILE_SCREENS=100000 SEED=7`.
HOSTILE_SCREENS = 100000
SEED = 1
.PHONY: hostile
if HAVE_CMOCKA
if HAVE_VTERM
unit_tests += test_hostile
test_hostile_SOURCES = %D%/answer.c %D%/hostile.h %D%/main.c \
	tests/e2e/escapes.c tests/e2e/run.h tests/unit/fake_api.c \
	tests/unit/fake_api.h tests/unit/screen_desk.c tests/unit/screen_desk.h
test_hostile_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir) -I$(top_srcdir)/tests \
	-I$(top_srcdir)/screens
test_hostile_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
test_hostile_LDADD = $(screen_test_LDADD)

hostile: test_hostile$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) SEED='$(SEED)' HOSTILE_SCREENS='$(HOSTILE_SCREENS)' \
		./test_hostile$(EXEEXT)
endif
endif
