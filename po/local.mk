# SPDX-License-Identifier: GPL-3.0-or-later
# French is the language of the sources; po/en.po is the English catalogue.
# `make update-po` reads the sources again, `make po-check` tells what lacks.

podir = $(pkgdatadir)/po
nodist_po_DATA = %D%/en.mo
CLEANFILES += %D%/en.mo
EXTRA_DIST += %D%/en.po %D%/guichet.pot %D%/update

%D%/en.mo: $(top_srcdir)/%D%/en.po
	$(AM_V_GEN)$(MKDIR_P) %D% && $(MSGFMT) --check-format --check-header -o $@ $<

.PHONY: update-po po-check
update-po:
	cd $(top_srcdir) && $(SHELL) po/update
po-check:
	top_srcdir='$(abs_top_srcdir)' $(SHELL) $(top_srcdir)/tests/po.sh
