# SPDX-License-Identifier: GPL-3.0-or-later
# The whole folder: a header is added without touching any list.
EXTRA_DIST += %D%/guichet
