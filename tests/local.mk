# SPDX-License-Identifier: GPL-3.0-or-later
# A unit test links only what its folder may see: an include arrow that points
# the wrong way does not link.  One block per area; unit_tests is both built
# and run by `make check`.
unit_tests =
sh_tests =

# Where the tests of every kind find things, whatever folder make runs in.
AM_TESTS_ENVIRONMENT = \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	LC_ALL=C.UTF-8; export LC_ALL; \
	INPUTRC=/dev/null; export INPUTRC;

if HAVE_CMOCKA
# --- base ---


# --- api ---


# --- tui ---


# --- screens ---


# --- backend ---


# --- build ---


# --- end of the areas ---
endif

check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests) $(sh_tests)
dist_check_SCRIPTS += $(sh_tests)
