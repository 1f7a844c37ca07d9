# SPDX-License-Identifier: GPL-3.0-or-later
# The targets of fuzzing.  `make check` replays the inputs kept in the tree;
# `make fuzz FUZZ_SECONDS=1800` looks for others with libFuzzer, in a build folder
# of its own made by clang; `make fuzz-edges` counts the edges of the decoders
# that the inputs kept in the tree go through.
FUZZ_SECONDS = 60
FUZZ_CC = clang
.PHONY: fuzz fuzz-edges fuzz-merge

if FUZZING
fuzz_main = %D%/fuzz.h
fuzz_ldflags = $(AM_LDFLAGS) -fsanitize=fuzzer
else
fuzz_main = %D%/fuzz.h %D%/replay.c
fuzz_ldflags = $(AM_LDFLAGS)
endif

fuzz_targets = fuzz_values fuzz_text fuzz_bodies fuzz_keymap fuzz_config
fuzz_values_SOURCES = %D%/fuzz_values.c $(fuzz_main)
fuzz_values_LDFLAGS = $(fuzz_ldflags)
fuzz_values_LDADD = libbase.a
fuzz_text_SOURCES = %D%/fuzz_text.c $(fuzz_main)
fuzz_text_LDFLAGS = $(fuzz_ldflags)
fuzz_text_LDADD = libbase.a
fuzz_bodies_SOURCES = %D%/fuzz_bodies.c $(fuzz_main)
fuzz_bodies_LDFLAGS = $(fuzz_ldflags)
fuzz_bodies_LDADD = libschema.a libbase.a $(JANSSON_LIBS)
fuzz_keymap_SOURCES = %D%/fuzz_keymap.c $(fuzz_main)
fuzz_keymap_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
fuzz_keymap_LDFLAGS = $(fuzz_ldflags)
fuzz_keymap_LDADD = $(tui_link)
fuzz_config_SOURCES = %D%/fuzz_config.c $(fuzz_main)
fuzz_config_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
fuzz_config_LDFLAGS = $(fuzz_ldflags)
fuzz_config_LDADD = libscreens.a libschema.a $(tui_link) $(JANSSON_LIBS)

if BACKEND
fuzz_targets += fuzz_search
fuzz_search_SOURCES = %D%/fuzz_search.c $(fuzz_main)
fuzz_search_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/backend
fuzz_search_LDFLAGS = $(fuzz_ldflags)
fuzz_search_LDADD = libbackend.a libschema.a libbase.a $(PAPER_LIBS) \
	$(SQLITE_LIBS) $(SODIUM_LIBS) $(JANSSON_LIBS)
if HAVE_CMOCKA
fuzz_targets += fuzz_calls fuzz_find fuzz_http
fuzz_backend_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/backend \
	-I$(top_srcdir)/tests
fuzz_calls_SOURCES = %D%/fuzz_calls.c $(cards_fixture) $(fuzz_main)
fuzz_calls_CPPFLAGS = $(fuzz_backend_CPPFLAGS)
fuzz_calls_LDFLAGS = $(fuzz_ldflags)
fuzz_calls_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
fuzz_find_SOURCES = %D%/fuzz_find.c $(backend_fixture) $(fuzz_main)
fuzz_find_CPPFLAGS = $(fuzz_backend_CPPFLAGS)
fuzz_find_LDFLAGS = $(fuzz_ldflags)
fuzz_find_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
fuzz_http_SOURCES = %D%/fuzz_http.c tests/unit/backend_wire.c \
	tests/unit/backend_wire.h $(backend_fixture) $(fuzz_main)
fuzz_http_CPPFLAGS = $(fuzz_backend_CPPFLAGS)
fuzz_http_LDFLAGS = $(fuzz_ldflags)
fuzz_http_LDADD = $(backend_LIBS) $(CMOCKA_LIBS)
endif
endif

unit_tests += $(fuzz_targets)
EXTRA_DIST += %D%/run.sh %D%/bodies %D%/calls %D%/config %D%/find \
	%D%/http %D%/keymap %D%/search %D%/text \
	%D%/values

fuzz:
	+srcdir='$(abs_top_srcdir)' CC='$(FUZZ_CC)' MAKE='$(MAKE)' \
		FUZZ_SECONDS='$(FUZZ_SECONDS)' FUZZ_TARGETS='$(fuzz_targets)' \
		$(SHELL) $(srcdir)/%D%/run.sh look
fuzz-edges:
	+srcdir='$(abs_top_srcdir)' CC='$(FUZZ_CC)' MAKE='$(MAKE)' \
		FUZZ_TARGETS='fuzz_values fuzz_text fuzz_bodies' \
		$(SHELL) $(srcdir)/%D%/run.sh edges
fuzz-merge:
	+srcdir='$(abs_top_srcdir)' CC='$(FUZZ_CC)' MAKE='$(MAKE)' \
		FUZZ_TARGETS='$(fuzz_targets)' \
		$(SHELL) $(srcdir)/%D%/run.sh merge
