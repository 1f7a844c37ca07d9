# SPDX-License-Identifier: GPL-3.0-or-later
# The runner of .e2e scripts needs libvterm alone; its own test drives a toy.
if HAVE_VTERM
check_PROGRAMS += e2e_run e2e_toy
e2e_run_SOURCES = \
	%D%/escapes.c \
	%D%/keys.c \
	%D%/looks.c \
	%D%/main.c \
	%D%/outside.c \
	%D%/picture.c \
	%D%/procs.c \
	%D%/relay.c \
	%D%/run.c \
	%D%/run.h \
	%D%/server.c \
	%D%/settle.c \
	%D%/term.c \
	%D%/words.c
e2e_run_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
e2e_run_LDADD = $(VTERM_LIBS)

e2e_toy_SOURCES = %D%/toy.c
e2e_toy_CFLAGS = $(AM_CFLAGS) $(TUI_CFLAGS)
e2e_toy_LDADD = $(TUI_LIBS)

# Sorted, one a line.
e2e_scripts = \
	%D%/command-line.e2e \
	%D%/no-server.e2e

sh_tests += %D%/runner.sh
E2E_LOG_COMPILER = $(top_builddir)/e2e_run
TESTS += $(e2e_scripts)
endif

EXTRA_DIST += $(e2e_scripts) %D%/golden
