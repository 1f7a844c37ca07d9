# SPDX-License-Identifier: GPL-3.0-or-later
# Pages are made of a template and of what the programs print of their own
# tables, so options and keys are told once.
man_pages = man/guichet.1 man/guichet.conf.5 man/guichet-keys.5
if BACKEND
man_pages += man/guichetd.8
endif
man_templates = %D%/guichet.1.in %D%/guichet.conf.5.in %D%/guichet-keys.5.in \
	%D%/guichetd.8.in
man_MANS = $(man_pages)
CLEANFILES += man/guichet.1 man/guichet.conf.5 man/guichet-keys.5 man/guichetd.8
EXTRA_DIST += $(man_templates) %D%/fill.awk

fill_man = $(MKDIR_P) man && awk -v version='$(PACKAGE_VERSION)' \
	-v sysconfdir='$(sysconfdir)' -v table="$$table" -f $(top_srcdir)/man/fill.awk

man/guichet.1: $(top_srcdir)/man/guichet.1.in $(top_srcdir)/man/fill.awk guichet$(EXEEXT)
	$(AM_V_GEN)table='./guichet --print-man-options'; $(fill_man) \
		$(top_srcdir)/man/guichet.1.in > $@.new && mv $@.new $@

man/guichet.conf.5: $(top_srcdir)/man/guichet.conf.5.in $(top_srcdir)/man/fill.awk guichet$(EXEEXT)
	$(AM_V_GEN)table='./guichet --print-man-options'; $(fill_man) \
		$(top_srcdir)/man/guichet.conf.5.in > $@.new && mv $@.new $@

man/guichet-keys.5: $(top_srcdir)/man/guichet-keys.5.in $(top_srcdir)/man/fill.awk guichet$(EXEEXT)
	$(AM_V_GEN)table='./guichet --print-man-keys'; $(fill_man) \
		$(top_srcdir)/man/guichet-keys.5.in > $@.new && mv $@.new $@

man/guichetd.8: $(top_srcdir)/man/guichetd.8.in $(top_srcdir)/man/fill.awk guichetd$(EXEEXT)
	$(AM_V_GEN)table='./guichetd --print-man'; $(fill_man) \
		$(top_srcdir)/man/guichetd.8.in > $@.new && mv $@.new $@
