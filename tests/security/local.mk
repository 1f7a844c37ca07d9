# SPDX-License-Identifier: GPL-3.0-or-later
# `make check-security`: scanners that nobody here wrote, on the loopback.  Needs
# the packages its script names; no part of `make check`.
.PHONY: check-security
EXTRA_DIST += %D%/security.sh
if BACKEND
check-security: guichet$(EXEEXT) guichetd$(EXEEXT) contrib/guichetd.service
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/%D%/security.sh
endif
