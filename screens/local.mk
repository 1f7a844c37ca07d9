# SPDX-License-Identifier: GPL-3.0-or-later
# libscreens.a is everything but main(), so that screen tests can link it.
noinst_LIBRARIES += libscreens.a
libscreens_a_SOURCES = \
	%D%/about.c \
	%D%/again.c \
	%D%/agenda.c \
	%D%/app.c \
	%D%/app.h \
	%D%/app_private.h \
	%D%/appointment_acts.c \
	%D%/appointment_acts.h \
	%D%/appointments.c \
	%D%/attach.c \
	%D%/booking.c \
	%D%/booking.h \
	%D%/booking_calls.c \
	%D%/call.c \
	%D%/card_form.c \
	%D%/card_form.h \
	%D%/cards.c \
	%D%/commands.c \
	%D%/common.c \
	%D%/config.c \
	%D%/config.h \
	%D%/contact_close.c \
	%D%/demo.c \
	%D%/demo.h \
	%D%/ehic.c \
	%D%/ehic_loss.c \
	%D%/family.c \
	%D%/file.c \
	%D%/hold.c \
	%D%/home.c \
	%D%/idle.c \
	%D%/insured.c \
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
	%D%/rights.c \
	%D%/screens.h \
	%D%/search.c \
	%D%/unlock.c \
	%D%/vitale.c \
	%D%/vitale_loss.c

bin_PROGRAMS += guichet
guichet_SOURCES = %D%/main.c
guichet_LDADD = libscreens.a libtui.a libapi.a libschema.a libbase.a \
	$(TUI_LIBS) $(READLINE_LIBS) $(JANSSON_LIBS) $(SODIUM_LIBS)

# What the programs say of themselves.
AM_CPPFLAGS += -DGUICHET_VERSION='"$(PACKAGE_VERSION)"'
