/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/base/log.h>
#include <guichet/base/buf.h>
#include <guichet/base/clock.h>
#include <guichet/base/text.h>

#include <pthread.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#define VALUE_SIZE 200
#define LINE_SIZE 8192

static const char *const level_names[] = {
	[LOG_DEBUG] = "debug",
	[LOG_INFO] = "info",
	[LOG_WARN] = "warn",
	[LOG_ERROR] = "error",
};

/* File scope: an event is told from anywhere, one line at a time. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static FILE *log_file;
static enum log_level log_least;

void log_to(FILE *file, enum log_level level)
{
	pthread_mutex_lock(&lock);
	log_file = file;
	log_least = level;
	pthread_mutex_unlock(&lock);
}

/* Only ASCII goes out, so that a log can be shown on any terminal. */
static void add_string(struct buf *line, const char *text)
{
	const char *at = text, *end = text + strnlen(text, VALUE_SIZE);

	buf_text(line, "\"");
	while (at < end) {
		uint32_t c = text_next(&at, end);

		if (c == '"' || c == '\\')
			buf_printf(line, "\\%c", (int)c);
		else if (c >= 0x20 && c < 0x7F)
			buf_printf(line, "%c", (int)c);
		else if (c < 0x10000)
			buf_printf(line, "\\u%04x", (unsigned)c);
		else
			buf_printf(line, "\\u%04x\\u%04x",
				   (unsigned)(0xD7C0 + (c >> 10)),
				   (unsigned)(0xDC00 + (c & 0x3FF)));
	}
	buf_text(line, "\"");
}

static void add_time(struct buf *line)
{
	int64_t now_ms = clock_now_ms();
	time_t now = (time_t)(now_ms / 1000);
	struct tm tm;
	char text[32];

	gmtime_r(&now, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	buf_printf(line, "{\"time\":\"%s.%03dZ\"", text, (int)(now_ms % 1000));
}

void log_event(enum log_level level, const char *event, ...)
{
	struct buf line;
	const char *name;
	va_list args;

	pthread_mutex_lock(&lock);
	if (!log_file || level < log_least) {
		pthread_mutex_unlock(&lock);
		return;
	}
	buf_init(&line, LINE_SIZE);
	add_time(&line);
	buf_printf(&line, ",\"level\":\"%s\",\"event\":", level_names[level]);
	add_string(&line, event);
	va_start(args, event);
	while ((name = va_arg(args, const char *))) {
		const char *value = va_arg(args, const char *);

		buf_text(&line, ",");
		add_string(&line, name);
		buf_text(&line, ":");
		add_string(&line, value ? value : "");
	}
	va_end(args);
	buf_text(&line, "}\n");
	fputs(buf_cstr(&line), log_file);
	fflush(log_file);
	pthread_mutex_unlock(&lock);
	buf_fini(&line);
}
