# SPDX-License-Identifier: GPL-3.0-or-later
# What an office copies and changes.
examplesdir = $(pkgdatadir)/examples
dist_examples_DATA = %D%/guichetd-night.timer %D%/persons.csv
nodist_examples_DATA = contrib/guichetd.service contrib/guichetd-night.service
EXTRA_DIST += %D%/guichetd.service.in %D%/guichetd-night.service.in
CLEANFILES += contrib/guichetd.service contrib/guichetd-night.service

contrib/guichetd.service: $(top_srcdir)/contrib/guichetd.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) contrib && sed -e 's|[@]bindir[@]|$(bindir)|g' \
		$(top_srcdir)/contrib/guichetd.service.in > $@.new && mv $@.new $@

contrib/guichetd-night.service: $(top_srcdir)/contrib/guichetd-night.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) contrib && sed -e 's|[@]bindir[@]|$(bindir)|g' \
		$(top_srcdir)/contrib/guichetd-night.service.in > $@.new && mv $@.new $@
