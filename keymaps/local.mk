# SPDX-License-Identifier: GPL-3.0-or-later
keymapsdir = $(pkgdatadir)/keymaps
dist_keymaps_DATA = %D%/default.keys %D%/5250.keys %D%/vi.keys
