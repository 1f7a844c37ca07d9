/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "theme.h"

#include <curses.h>
#include <stdlib.h>

const char *const ui_theme_names[UI_THEME_N + 1] = {
	[UI_AUTO] = "auto",
	[UI_CLAIR] = "clair",
	[UI_SOMBRE] = "sombre",
	[UI_CONTRASTE] = "contraste",
	[UI_MONO] = "mono",
};

#define NO_COLOR (-1)

struct look {
	short color;
	unsigned attributes;
};

/* Colours that stay readable on any background serve "auto". */
static const struct look looks[UI_THEME_N][UI_STYLE_N] = {
	[UI_AUTO] = {
		[UI_PLAIN] = { NO_COLOR, 0 }, [UI_DIM] = { NO_COLOR, A_DIM },
		[UI_STRONG] = { NO_COLOR, A_BOLD },
		[UI_TITLE] = { NO_COLOR, A_BOLD },
		[UI_LABEL] = { NO_COLOR, 0 }, [UI_INPUT] = { NO_COLOR, 0 },
		[UI_FOCUS] = { NO_COLOR, A_BOLD },
		[UI_GOOD] = { COLOR_GREEN, 0 },
		[UI_WARN] = { COLOR_MAGENTA, A_BOLD },
		[UI_BAD] = { COLOR_RED, A_BOLD }, [UI_KEY] = { NO_COLOR, A_BOLD },
	},
	[UI_CLAIR] = {
		[UI_PLAIN] = { NO_COLOR, 0 }, [UI_DIM] = { NO_COLOR, A_DIM },
		[UI_STRONG] = { NO_COLOR, A_BOLD },
		[UI_TITLE] = { COLOR_BLUE, A_BOLD },
		[UI_LABEL] = { COLOR_BLUE, 0 }, [UI_INPUT] = { NO_COLOR, 0 },
		[UI_FOCUS] = { NO_COLOR, A_BOLD },
		[UI_GOOD] = { COLOR_GREEN, 0 },
		[UI_WARN] = { COLOR_MAGENTA, 0 },
		[UI_BAD] = { COLOR_RED, A_BOLD },
		[UI_KEY] = { COLOR_BLUE, A_BOLD },
	},
	[UI_SOMBRE] = {
		[UI_PLAIN] = { NO_COLOR, 0 }, [UI_DIM] = { NO_COLOR, A_DIM },
		[UI_STRONG] = { NO_COLOR, A_BOLD },
		[UI_TITLE] = { COLOR_CYAN, A_BOLD },
		[UI_LABEL] = { COLOR_CYAN, 0 }, [UI_INPUT] = { NO_COLOR, 0 },
		[UI_FOCUS] = { NO_COLOR, A_BOLD },
		[UI_GOOD] = { COLOR_GREEN, 0 },
		[UI_WARN] = { COLOR_YELLOW, 0 },
		[UI_BAD] = { COLOR_RED, A_BOLD },
		[UI_KEY] = { COLOR_CYAN, A_BOLD },
	},
	[UI_CONTRASTE] = {
		[UI_PLAIN] = { NO_COLOR, 0 }, [UI_DIM] = { NO_COLOR, 0 },
		[UI_STRONG] = { NO_COLOR, A_BOLD },
		[UI_TITLE] = { NO_COLOR, A_BOLD },
		[UI_LABEL] = { NO_COLOR, 0 }, [UI_INPUT] = { NO_COLOR, 0 },
		[UI_FOCUS] = { NO_COLOR, A_BOLD },
		[UI_GOOD] = { NO_COLOR, A_BOLD },
		[UI_WARN] = { NO_COLOR, A_BOLD },
		[UI_BAD] = { NO_COLOR, A_BOLD | A_REVERSE },
		[UI_KEY] = { NO_COLOR, A_BOLD },
	},
	[UI_MONO] = {
		[UI_PLAIN] = { NO_COLOR, 0 }, [UI_DIM] = { NO_COLOR, 0 },
		[UI_STRONG] = { NO_COLOR, A_BOLD },
		[UI_TITLE] = { NO_COLOR, A_BOLD },
		[UI_LABEL] = { NO_COLOR, 0 }, [UI_INPUT] = { NO_COLOR, 0 },
		[UI_FOCUS] = { NO_COLOR, 0 },
		[UI_GOOD] = { NO_COLOR, 0 }, [UI_WARN] = { NO_COLOR, A_BOLD },
		[UI_BAD] = { NO_COLOR, A_BOLD }, [UI_KEY] = { NO_COLOR, A_BOLD },
	},
};
_Static_assert(sizeof(looks) / sizeof(*looks) == UI_THEME_N,
	       "every theme needs its looks");

/* Colour pairs belong to curses, of which there is one: so does the choice. */
static struct {
	const struct look *looks;
	bool colors;
} current;

void theme_start(const struct ui_setup *setup)
{
	const char *none = getenv("NO_COLOR");

	current.looks = looks[setup->theme < UI_THEME_N ? setup->theme : 0];
	current.colors = !setup->no_color && !(none && *none) &&
			 setup->theme != UI_MONO && has_colors();
	if (!current.colors)
		return;
	start_color();
	if (use_default_colors() == ERR) {
		current.colors = false;
		return;
	}
	for (short i = 0; i < 8; i++)
		init_pair((short)(i + 1), i, -1);
}

unsigned theme_attributes(enum ui_style style)
{
	return current.looks[style].attributes;
}

short theme_pair(enum ui_style style)
{
	if (!current.colors || current.looks[style].color == NO_COLOR)
		return 0;
	return (short)(current.looks[style].color + 1);
}
