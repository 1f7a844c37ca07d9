# SPDX-License-Identifier: GPL-3.0-or-later
# What an office copies and changes.
examplesdir = $(pkgdatadir)/examples
dist_examples_DATA = %D%/persons.csv
nodist_examples_DATA = contrib/guichetd.service
EXTRA_DIST += %D%/guichetd.service.in
CLEANFILES += contrib/guichetd.service

contrib/guichetd.service: $(top_srcdir)/contrib/guichetd.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) contrib && sed -e 's|[@]bindir[@]|$(bindir)|g' \
		$(top_srcdir)/contrib/guichetd.service.in > $@.new && mv $@.new $@
