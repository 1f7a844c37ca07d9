# SPDX-License-Identifier: GPL-3.0-or-later
# Requests that no honest client sends, over TCP and over TLS.
if HAVE_CMOCKA
if BACKEND
check_PROGRAMS += test_strict
TESTS += test_strict
test_strict_SOURCES = \
	%D%/line.c \
	%D%/main.c \
	%D%/rows.c \
	%D%/slow.c \
	%D%/strict.h \
	tests/contract/daemon.c
test_strict_CFLAGS = $(AM_CFLAGS) $(GNUTLS_CFLAGS)
test_strict_LDADD = libbase.a $(GNUTLS_LIBS) $(CMOCKA_LIBS)
EXTRA_test_strict_DEPENDENCIES = guichetd$(EXEEXT)
endif
endif
