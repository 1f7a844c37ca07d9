# SPDX-License-Identifier: GPL-3.0-or-later
# Not part of `make check`: it needs node and, once, the network.
EXTRA_DIST += %D%/.npmrc %D%/approve.e2e %D%/check.sh %D%/deny.e2e \
	%D%/expire.e2e %D%/package.json %D%/package-lock.json %D%/provider.mjs \
	%D%/reused.e2e %D%/slow.e2e

.PHONY: check-oidc
check-oidc: all
	$(MAKE) $(AM_MAKEFLAGS) e2e_run$(EXEEXT) e2e-seed.db
	$(AM_TESTS_ENVIRONMENT) $(srcdir)/%D%/check.sh

clean-local: clean-oidc
.PHONY: clean-oidc
clean-oidc:
	-rm -rf oidc
