# SPDX-License-Identifier: GPL-3.0-or-later
# A disk that fails, loses power or is full, and a trace that is altered: a part
# of the rounds in `make check`, all of them in `make torture`.
.PHONY: torture
if HAVE_CMOCKA
if BACKEND
# The same writes, whatever is made to fail.
torture_parts = \
	%D%/fail.c \
	%D%/fail.h \
	%D%/torture.h \
	%D%/writes.c \
	$(contract_desk) \
	$(rounds_sources) \
	tests/faults/store.c
check_PROGRAMS += test_torture
TESTS += test_torture
test_torture_SOURCES = \
	%D%/disk.c \
	%D%/disk.h \
	%D%/disk_full.c \
	%D%/house.c \
	%D%/image.c \
	%D%/image.h \
	%D%/limits.c \
	%D%/main.c \
	%D%/power.c \
	$(torture_parts)
test_torture_CPPFLAGS = $(backend_test_CPPFLAGS)
test_torture_LDADD = libapi.a $(backend_LIBS) $(CMOCKA_LIBS) -ldl
EXTRA_test_torture_DEPENDENCIES = guichetd$(EXEEXT)

check_PROGRAMS += test_trace
TESTS += test_trace
test_trace_SOURCES = %D%/trace.c $(backend_fixture)
test_trace_CPPFLAGS = $(backend_test_CPPFLAGS)
test_trace_LDADD = $(handler_test_LDADD)

# Built without the flags of the house: it stands before the sanitizers.
fail_malloc.so: $(srcdir)/%D%/malloc.c $(srcdir)/%D%/fail.c $(srcdir)/%D%/fail.h
	$(AM_V_CCLD)$(CC) -std=gnu11 -D_GNU_SOURCE -O2 -fno-builtin -fPIC -shared \
		-o $@ $(srcdir)/%D%/malloc.c $(srcdir)/%D%/fail.c -ldl
CLEANFILES += fail_malloc.so
EXTRA_DIST += %D%/malloc.c

check_PROGRAMS += test_memory
TESTS += test_memory
test_memory_SOURCES = \
	%D%/memory.c \
	%D%/narrow.c \
	%D%/narrow.h \
	%D%/preload.c \
	%D%/preload.h \
	tests/contract/daemon.c \
	$(torture_parts)
test_memory_LDADD = $(test_faults_LDADD)
EXTRA_test_memory_DEPENDENCIES = guichetd$(EXEEXT) fail_malloc.so

# Run by `make torture` alone.  Left out: what starts a daemon, which test_memory
# does, test_paper, which draws in its own process what falls then, and replays.
units_left_out = test_contract test_faults test_hostile test_paper test_server \
	test_tls test_tls_provider $(fuzz_targets)
check_PROGRAMS += torture_units
torture_units_SOURCES = %D%/units.c %D%/fail.c %D%/fail.h %D%/preload.c \
	%D%/preload.h $(rounds_sources)
EXTRA_torture_units_DEPENDENCIES = fail_malloc.so

torture: test_memory$(EXEEXT) test_torture$(EXEEXT) test_trace$(EXEEXT) \
		torture_units$(EXEEXT) guichetd$(EXEEXT) $(unit_tests)
	$(AM_TESTS_ENVIRONMENT) GUICHET_ROUNDS=20 ./torture_units$(EXEEXT) \
		$$(for test in $(unit_tests); do case ' $(units_left_out) ' in \
		*" $$test "*) ;; *) echo "./$$test" ;; esac; done)
	$(AM_TESTS_ENVIRONMENT) GUICHET_ROUNDS=40000 ./test_memory$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) GUICHET_ROUNDS=500 ./test_torture$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) GUICHET_ROUNDS=10000 GUICHET_ROWS=100000 \
		./test_trace$(EXEEXT)
endif
endif
