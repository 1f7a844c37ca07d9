# SPDX-License-Identifier: GPL-3.0-or-later
# `make bench` measures and sets each figure beside its goal and its peer; no
# part of `make check`.
.PHONY: bench
EXTRA_PROGRAMS =
bench_samples = %D%/samples.c %D%/samples.h
bench_sources = %D%/bench.c %D%/bench.h $(bench_samples)
if HAVE_VTERM
if BACKEND
EXTRA_PROGRAMS += bench_terminal bench_floor_form bench_floor_list bench_server
bench_terminal_SOURCES = $(bench_sources) %D%/terminal.c %D%/tty.c
bench_terminal_CFLAGS = $(AM_CFLAGS) $(VTERM_CFLAGS)
bench_terminal_LDADD = $(VTERM_LIBS)
bench_floor_form_SOURCES = %D%/floor_form.c
bench_floor_form_CFLAGS = $(AM_CFLAGS) $(TUI_CFLAGS)
bench_floor_form_LDADD = $(TUI_LIBS)
bench_floor_list_SOURCES = %D%/floor_list.c
bench_floor_list_CFLAGS = $(AM_CFLAGS) $(TUI_CFLAGS)
bench_floor_list_LDADD = $(TUI_LIBS)
bench_server_SOURCES = $(bench_sources) %D%/desk.c %D%/load.c \
	%D%/server.c %D%/server.h

bench: guichet$(EXEEXT) guichetd$(EXEEXT) bench_terminal$(EXEEXT) \
		bench_floor_form$(EXEEXT) bench_floor_list$(EXEEXT) \
		bench_server$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/%D%/run.sh
endif
endif
CLEANFILES += $(EXTRA_PROGRAMS)
EXTRA_DIST += %D%/goals.txt %D%/report.awk %D%/run.sh
