# SPDX-License-Identifier: GPL-3.0-or-later
# What the sign-in promises in figures: minutes on a quiet machine, so not part of
# `make check`.  make check-accounts ACCOUNTS_TRIES=1000 ACCOUNTS_SPRAYED=0
if HAVE_CMOCKA
if BACKEND
check_PROGRAMS += check_accounts
check_accounts_SOURCES = \
	%D%/main.c \
	tests/contract/daemon.c \
	$(contract_desk) $(bench_samples)
check_accounts_LDADD = $(test_contract_LDADD) -lpthread
endif
endif

ACCOUNTS_TRIES = 1000
ACCOUNTS_SPRAYED = 0
.PHONY: check-accounts
check-accounts: all check_accounts$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) ./check_accounts$(EXEEXT) $(ACCOUNTS_TRIES) \
		$(ACCOUNTS_SPRAYED)
