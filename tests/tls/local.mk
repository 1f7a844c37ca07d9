# SPDX-License-Identifier: GPL-3.0-or-later
# The real client against servers that are not who they should be.
if HAVE_CMOCKA
if BACKEND
check_PROGRAMS += test_tls test_tls_provider
TESTS += test_tls test_tls_provider
test_tls_SOURCES = \
	%D%/authority.c \
	%D%/authority.h \
	%D%/main.c \
	%D%/peer.c \
	%D%/peer.h
test_tls_CFLAGS = $(AM_CFLAGS) $(GNUTLS_CFLAGS)
test_tls_LDADD = libapi.a libschema.a libbase.a $(SODIUM_LIBS) $(GNUTLS_LIBS) $(JANSSON_LIBS) \
	$(CMOCKA_LIBS) -lpthread
# The daemon against identity providers that are not who they should be.
test_tls_provider_SOURCES = \
	%D%/authority.c \
	%D%/authority.h \
	%D%/peer.c \
	%D%/peer.h \
	%D%/provider.c
test_tls_provider_CPPFLAGS = $(backend_test_CPPFLAGS)
test_tls_provider_CFLAGS = $(AM_CFLAGS) $(GNUTLS_CFLAGS)
test_tls_provider_LDADD = $(backend_LIBS) $(GNUTLS_LIBS) $(CMOCKA_LIBS) -lpthread
endif
endif
