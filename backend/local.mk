# SPDX-License-Identifier: GPL-3.0-or-later
# All of guichetd but main(), so that tests link it.
noinst_LIBRARIES += libbackend.a
libbackend_a_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/%D%
libbackend_a_CFLAGS = $(AM_CFLAGS) $(PAPER_CFLAGS) $(SQLITE_CFLAGS) \
	$(SODIUM_CFLAGS) $(MHD_CFLAGS) $(GNUTLS_CFLAGS) $(JANSSON_CFLAGS)
libbackend_a_SOURCES = \
	%D%/payline.h \
	%D%/req.h \
	%D%/rules.c \
	%D%/rules.h \
	%D%/store/db.h
EXTRA_DIST += %D%/store/sql/001-main.sql
