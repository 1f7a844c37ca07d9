# SPDX-License-Identifier: GPL-3.0-or-later
# Several agents at once, cut lines, a changed trace: a part of the rounds in
# `make check`, a thousand races of each kind in `make check-races`.
.PHONY: check-races
if HAVE_CMOCKA
if BACKEND
check_PROGRAMS += test_faults
TESTS += test_faults
test_faults_SOURCES = \
	%D%/faults.h \
	%D%/line.c \
	%D%/main.c \
	%D%/races.c \
	%D%/replay.c \
	%D%/store.c \
	%D%/trace.c \
	tests/contract/daemon.c \
	tests/contract/desk.c \
	tests/contract/raw.c \
	tests/contract/samples.c \
	tests/contract/send.c
test_faults_LDADD = $(test_contract_LDADD) $(SQLITE_LIBS)
EXTRA_test_faults_DEPENDENCIES = guichetd$(EXEEXT)

check-races: test_faults$(EXEEXT) guichetd$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) GUICHET_ROUNDS=1000 ./test_faults$(EXEEXT)
endif
endif
