# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libtui.a
libtui_a_CFLAGS = $(AM_CFLAGS) $(TUI_CFLAGS) -DNCURSES_WIDECHAR=1
libtui_a_SOURCES = \
	%D%/action.c \
	%D%/app.c \
	%D%/builtin.c \
	%D%/canvas.c %D%/canvas.h \
	%D%/cells.c %D%/cells.h \
	%D%/check_keys.c \
	%D%/click.c \
	%D%/clipboard.c %D%/clipboard.h \
	%D%/command.c \
	%D%/dialog.c %D%/dialog.h \
	%D%/draft.c %D%/draft.h \
	%D%/draft_file.c \
	%D%/draft_read.c \
	%D%/dump.c \
	%D%/edit.c %D%/edit.h \
	%D%/effects.c \
	%D%/emergency.c %D%/emergency.h \
	%D%/feed.c \
	%D%/field_keys.c \
	%D%/field_value.c \
	%D%/fields.c \
	%D%/handler.c \
	%D%/help.c \
	%D%/impl.h \
	%D%/input.c %D%/input.h \
	%D%/key.h \
	%D%/keymap.c %D%/keymap.h \
	%D%/keyname.c \
	%D%/layout.c \
	%D%/leave.c \
	%D%/lines.c \
	%D%/list.c \
	%D%/lock.c \
	%D%/message.c \
	%D%/paint.c \
	%D%/paint_form.c \
	%D%/paint_frame.c \
	%D%/paint_list.c \
	%D%/prompt.c \
	%D%/stack.c \
	%D%/theme.c %D%/theme.h \
	%D%/timer.c \
	%D%/tty.c %D%/tty.h \
	%D%/tty_keys.c \
	%D%/turn.c \
	%D%/veil.c %D%/veil.h \
	%D%/views.c
nodist_libtui_a_SOURCES = %D%/default_keys.c

# The default keymap is a file to copy and, the same, part of the program.
BUILT_SOURCES += %D%/default_keys.c
CLEANFILES += %D%/default_keys.c
%D%/default_keys.c: keymaps/default.keys
	$(AM_V_GEN)$(MKDIR_P) %D% && { \
	echo '#include <guichet/tui/run.h>' && \
	echo 'const char ui_default_keys[] =' && \
	$(SED) -e 's/[\\"]/\\&/g' -e 's/^/	"/' -e 's/$$/\\n"/' \
		'$(srcdir)/keymaps/default.keys' && echo '	;'; \
	} > $@.tmp && mv $@.tmp $@

# What a program that shows screens links, behind its own objects.
tui_link = libtui.a libbase.a $(TUI_LIBS) $(READLINE_LIBS) $(SODIUM_LIBS)
