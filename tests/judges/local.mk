# SPDX-License-Identifier: GPL-3.0-or-later
# Not part of `make check`: it needs node and, once, the network.
EXTRA_DIST += %D%/.npmrc %D%/judges.sh %D%/package.json \
	%D%/package-lock.json %D%/spectral.yaml

.PHONY: check-judges
check-judges: all
	-$(MAKE) $(AM_MAKEFLAGS) test_contract$(EXEEXT)
	$(AM_TESTS_ENVIRONMENT) $(srcdir)/tests/judges/judges.sh

clean-local: clean-judges
.PHONY: clean-judges
clean-judges:
	-rm -rf judges
