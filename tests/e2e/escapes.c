/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include <string.h>

enum { GROUND, ESCAPE, CHARSET, CSI, OSC, OSC_ESCAPE, UTF8_1, UTF8_2, UTF8_3 };

/* What ncurses writes for xterm, screen, tmux and linux, and nothing more. */
static const char csi_finals[] = "@ABCDEFGHJKLMPSTXZbdfghlmrt";
static const char escape_finals[] = "78=>DEHMlm";

/* Private modes: cursor keys, screen flash, wrap, cursor blink and visibility,
 * mouse, alternate screen, bracketed paste, meta. */
static const char *const private_modes[] = {
	"1", "5", "7", "12", "25", "12;25", "1000", "1002", "1003", "1006",
	"1006;1000", "1049", "2004", "1034", NULL,
};

/* Only the stack of titles. */
static const char *const window_operations[] = {
	"22;0;0", "23;0;0", "22;0", "23;0", "22;2", "23;2", NULL,
};
static const char *const osc_numbers[] = { "0", "2", "52", "104", NULL };

static bool in_list(const char *const *list, const char *text)
{
	for (; *list; list++) {
		if (!strcmp(*list, text))
			return true;
	}
	return false;
}

static void unknown(struct escapes *e)
{
	size_t used = 0;

	e->state = GROUND;
	if (e->unknown[0] || e->given_back)
		return;
	for (size_t i = 0; i < e->used && used + 5 < sizeof(e->unknown); i++) {
		unsigned char c = (unsigned char)e->seq[i];
		size_t left = sizeof(e->unknown) - used;

		if (c == 27)
			used += (size_t)snprintf(e->unknown + used, left, "ESC ");
		else if (c > 32 && c < 127)
			e->unknown[used++] = (char)c;
		else
			used += (size_t)snprintf(e->unknown + used, left, "\\x%02x", c);
	}
}

static void set_mode(struct escapes *e, const char *mode, bool on)
{
	if (!strcmp(mode, "1049")) {
		e->given_back = e->alternate && !on;
		e->alternate = on;
	}
	if (!strcmp(mode, "2004"))
		e->paste = on;
	if (!strncmp(mode, "100", 3))
		e->mouse = on;
}

/* e->seq is "ESC [ parameters final". */
static void end_csi(struct escapes *e, char final)
{
	char params[sizeof(e->seq)];
	bool private = e->seq[2] == '?';

	snprintf(params, sizeof(params), "%.*s", (int)(e->used - 3 - private),
		 e->seq + 2 + private);
	e->state = GROUND;
	if (private && (final == 'h' || final == 'l')) {
		if (!in_list(private_modes, params))
			unknown(e);
		else
			set_mode(e, params, final == 'h');
		return;
	}
	if (!strchr(csi_finals, final) || params[strspn(params, "0123456789;:")])
		unknown(e);
	else if (final == 't' && !in_list(window_operations, params))
		unknown(e);
	else if (private || ((final == 'h' || final == 'l') && strcmp(params, "4") != 0))
		unknown(e);
}

static void end_osc(struct escapes *e)
{
	char number[8] = "";
	const char *text = e->seq + 2;

	snprintf(number, sizeof(number), "%.*s", (int)strcspn(text, ";\a\033"), text);
	e->state = GROUND;
	if (!in_list(osc_numbers, number))
		unknown(e);
}

static void ground(struct escapes *e, unsigned char c)
{
	e->used = 1;
	e->seq[0] = (char)c;
	if (c == 27)
		e->state = ESCAPE;
	else if (c < 32)
		strchr("\a\b\t\n\r\017", c) ? (void)0 : unknown(e);
	else if (c < 127)
		return;
	else if (c >= 0xC3 && c < 0xE0)
		e->state = UTF8_1;
	else if (c == 0xC2 || (c >= 0xE0 && c < 0xF0))
		e->state = c == 0xC2 ? UTF8_1 : UTF8_2;
	else if (c >= 0xF0 && c < 0xF5)
		e->state = UTF8_3;
	else
		unknown(e);
}

static void utf8(struct escapes *e, unsigned char c)
{
	/* U+0080 to U+009F are the 8-bit controls. */
	bool control = e->used == 2 && (unsigned char)e->seq[0] == 0xC2 && c < 0xA0;

	if ((c & 0xC0) != 0x80 || control)
		unknown(e);
	else
		e->state = e->state == UTF8_1 ? GROUND : e->state - 1;
}

static void escape(struct escapes *e, char c)
{
	if (c == '[')
		e->state = CSI;
	else if (c == ']')
		e->state = OSC;
	else if (c == '(' || c == ')')
		e->state = CHARSET;
	else if (strchr(escape_finals, c))
		e->state = GROUND;
	else
		unknown(e);
}

/* The payload of a clipboard write can be long: it is kept apart. */
static void osc(struct escapes *e, char c)
{
	size_t used = strlen(e->clipboard);

	/* The Linux console gives its colours back with these three bytes. */
	if (e->used == 3 && c == 'R') {
		e->state = GROUND;
		return;
	}
	if (c == '\a' || (e->state == OSC_ESCAPE && c == '\\')) {
		end_osc(e);
		return;
	}
	if (e->state == OSC_ESCAPE) {
		unknown(e);
		return;
	}
	if (c == '\033')
		e->state = OSC_ESCAPE;
	else if (e->used == 5 && !strncmp(e->seq + 2, "52;", 3))
		e->clipboard[0] = '\0';
	if (c != '\033' && e->used > 5 && !strncmp(e->seq + 2, "52;", 3) &&
	    used + 1 < sizeof(e->clipboard)) {
		e->clipboard[used] = c;
		e->clipboard[used + 1] = '\0';
	}
}

static void feed(struct escapes *e, char c)
{
	if (e->state == GROUND) {
		ground(e, (unsigned char)c);
		return;
	}
	if (e->used + 1 < sizeof(e->seq)) {
		e->seq[e->used++] = c;
		e->seq[e->used] = '\0';
	}
	switch (e->state) {
	case ESCAPE:
		escape(e, c);
		break;
	case CHARSET:
		e->state = GROUND;
		if (!strchr("AB012", c))
			unknown(e);
		break;
	case CSI:
		if (c >= 0x40 && c < 0x7F)
			end_csi(e, c);
		else if (c < 0x20 || c == 0x7F)
			unknown(e);
		break;
	case OSC:
	case OSC_ESCAPE:
		osc(e, c);
		break;
	default:
		utf8(e, (unsigned char)c);
		break;
	}
}

void escapes_feed(struct escapes *e, const char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		feed(e, bytes[i]);
}
