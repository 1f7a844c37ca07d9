# SPDX-License-Identifier: GPL-3.0-or-later
EXTRA_DIST += %D%/make-pictures
EXTRA_DIST += %D%/aipd.md %D%/demo.md
EXTRA_DIST += %D%/faults.md
EXTRA_DIST += %D%/pictures
