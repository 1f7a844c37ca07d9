# SPDX-License-Identifier: GPL-3.0-or-later
# Every operation of the table: the real client, the real daemon.
EXTRA_DIST += tests/data/tls
if HAVE_CMOCKA
if BACKEND
# A desk that asks a real daemon, for those who call it otherwise.
contract_desk = \
	%D%/contract.h \
	%D%/desk.c \
	%D%/raw.c \
	%D%/samples.c \
	%D%/send.c
check_PROGRAMS += test_contract
TESTS += test_contract
test_contract_SOURCES = \
	%D%/access.c \
	%D%/authz.c \
	%D%/daemon.c \
	%D%/main.c \
	%D%/refusal.c \
	%D%/rules.c \
	%D%/success.c \
	$(contract_desk) \
	%D%/tls.c \
	tests/oidc/provider.c \
	tests/oidc/provider.h
test_contract_LDADD = libapi.a libschema.a libbase.a $(CJOSE_LIBS) $(MHD_LIBS) \
	$(JANSSON_LIBS) \
	$(SODIUM_LIBS) $(CMOCKA_LIBS)
EXTRA_test_contract_DEPENDENCIES = guichetd$(EXEEXT)
endif
endif
