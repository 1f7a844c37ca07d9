# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	%D%/buf.c \
	%D%/clock.c \
	%D%/date.c \
	%D%/date_input.c \
	%D%/err.c \
	%D%/fold.c \
	%D%/iban.c \
	%D%/id.c \
	%D%/intl.c \
	%D%/log.c \
	%D%/mem.c \
	%D%/moment.c \
	%D%/money.c \
	%D%/nir.c \
	%D%/option.c \
	%D%/option_print.c \
	%D%/option_read.c \
	%D%/option_table.h \
	%D%/owner.c \
	%D%/phonetic.c \
	%D%/rows.c \
	%D%/secret.c \
	%D%/text.c \
	%D%/text_clean.c \
	%D%/text_table.c \
	%D%/text_table.h \
	%D%/workdays.c \
	%D%/zone.c
