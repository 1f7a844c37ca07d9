# SPDX-License-Identifier: GPL-3.0-or-later
# libscreens.a is everything but main(), so that screen tests can link it.
noinst_LIBRARIES += libscreens.a
libscreens_a_SOURCES = \
	%D%/about.c \
	%D%/access.c \
	%D%/access.h \
	%D%/again.c \
	%D%/agenda.c \
	%D%/app.c \
	%D%/app.h \
	%D%/app_private.h \
	%D%/appointment_acts.c \
	%D%/appointment_acts.h \
	%D%/appointments.c \
	%D%/approval.c \
	%D%/approvals.c \
	%D%/attach.c \
	%D%/booking.c \
	%D%/booking.h \
	%D%/booking_calls.c \
	%D%/break_glass.c \
	%D%/call.c \
	%D%/card_form.c \
	%D%/card_form.h \
	%D%/cards.c \
	%D%/commands.c \
	%D%/common.c \
	%D%/config.c \
	%D%/config.h \
	%D%/confirm.c \
	%D%/confirm.h \
	%D%/contact_close.c \
	%D%/demo.c \
	%D%/demo.h \
	%D%/ehic.c \
	%D%/ehic_loss.c \
	%D%/family.c \
	%D%/federate.c \
	%D%/file.c \
	%D%/grant.c \
	%D%/home.c \
	%D%/idle.c \
	%D%/insured.c \
	%D%/journal.c \
	%D%/journal_export.c \
	%D%/journal_filter.c \
	%D%/journal_line.c \
	%D%/journal_words.c \
	%D%/labels.c \
	%D%/labels.h \
	%D%/login.c \
	%D%/offices.c \
	%D%/paper.c \
	%D%/payment.c \
	%D%/payments.c \
	%D%/period.c \
	%D%/prove.c \
	%D%/registry.c \
	%D%/request.c \
	%D%/requests.c \
	%D%/reveal.c \
	%D%/reveal.h \
	%D%/reviews.h \
	%D%/rights.c \
	%D%/save.c \
	%D%/save.h \
	%D%/screens.h \
	%D%/search.c \
	%D%/trace.h \
	%D%/unlock.c \
	%D%/unwanted.c \
	%D%/vitale.c \
	%D%/vitale_loss.c \
	%D%/watch.c \
	%D%/watch.h

bin_PROGRAMS += guichet
guichet_SOURCES = %D%/main.c
guichet_LDADD = libscreens.a libtui.a libapi.a libschema.a libbase.a \
	$(TUI_LIBS) $(READLINE_LIBS) $(JANSSON_LIBS) $(SODIUM_LIBS)

# What the programs say of themselves.
AM_CPPFLAGS += -DGUICHET_VERSION='"$(PACKAGE_VERSION)"'
