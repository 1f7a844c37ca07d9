/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "head.h"

#include <string.h>

#define METHOD_MOST 16
#define NAME_MOST 64
#define DIGITS_MOST 15

/* Headers of which there may be one only. */
enum single {
	HOST, CONTENT_LENGTH, TRANSFER_ENCODING, AUTHORIZATION, IDEMPOTENCY_KEY,
	GUICHET_CONTACT, IF_MATCH, IF_NONE_MATCH, CONTENT_TYPE, ACCEPT, EXPECT,
	TRACEPARENT, SINGLES,
};

static const char *const singles[] = {
	[HOST] = "host",
	[CONTENT_LENGTH] = "content-length",
	[TRANSFER_ENCODING] = "transfer-encoding",
	[AUTHORIZATION] = "authorization",
	[IDEMPOTENCY_KEY] = "idempotency-key",
	[GUICHET_CONTACT] = "guichet-contact",
	[IF_MATCH] = "if-match",
	[IF_NONE_MATCH] = "if-none-match",
	[CONTENT_TYPE] = "content-type",
	[ACCEPT] = "accept",
	[EXPECT] = "expect",
	[TRACEPARENT] = "traceparent",
};
_Static_assert(sizeof(singles) / sizeof(*singles) == SINGLES,
	       "every single header needs a name");

void head_init(struct head *head)
{
	memset(head, 0, sizeof(*head));
	head->single = -1;
}

static enum head_state refuse(struct head *head, int status)
{
	head->status = status;
	return HEAD_REFUSED;
}

static bool has(const struct head *head, enum single single)
{
	return head->seen & 1u << single;
}

/* RFC 9110 section 5.6.2 */
static bool is_token(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static enum head_state in_method(struct head *head, unsigned char c)
{
	if (c == ' ' && head->part > 0) {
		head->part = 0;
		return HEAD_TARGET;
	}
	if (c < 'A' || c > 'Z' || ++head->part > METHOD_MOST)
		return refuse(head, 400);
	return HEAD_METHOD;
}

/* Of the origin form only: what is in it is looked at by screen_uri(). */
static enum head_state in_target(struct head *head, unsigned char c)
{
	if (c == ' ' && head->part > 0) {
		head->part = 0;
		return HEAD_VERSION;
	}
	if (c <= 0x20 || c >= 0x7F || (head->part == 0 && c != '/'))
		return refuse(head, 400);
	if (++head->part > HEAD_TARGET_MOST)
		return refuse(head, 414);
	return HEAD_TARGET;
}

static enum head_state in_version(struct head *head, unsigned char c)
{
	static const char version[] = "HTTP/1.1\r\n";
	size_t at = head->part++;

	if (at == 7 && c == '0')
		head->http10 = true;
	else if (c != (unsigned char)version[at])
		return refuse(head, 400);
	return version[at + 1] ? HEAD_VERSION : HEAD_LINE;
}

static enum head_state in_name(struct head *head, unsigned char c)
{
	if (c != ':') {
		if (!is_token(c) || head->part >= NAME_MOST)
			return refuse(head, 400);
		if (head->part < sizeof(head->name) - 1)
			head->name[head->part] = (char)(c >= 'A' && c <= 'Z' ?
							c + 32 : c);
		head->part++;
		return HEAD_NAME;
	}
	for (int i = 0; i < SINGLES; i++)
		if (strlen(singles[i]) == head->part &&
		    memcmp(singles[i], head->name, head->part) == 0)
			head->single = i;
	if (head->single < 0)
		return HEAD_BLANK;
	if (has(head, (enum single)head->single))
		return refuse(head, 400);
	head->seen |= 1u << head->single;
	return HEAD_BLANK;
}

/* A folded line begins with a blank, which no name does. */
static enum head_state in_line(struct head *head, unsigned char c)
{
	head->part = 0;
	head->single = -1;
	return c == '\r' ? HEAD_END : c == ':' ? refuse(head, 400) :
		in_name(head, c);
}

/* Digits only: "+5" and "5, 5" have more than one reading. */
static bool add_digit(struct head *head, unsigned char c)
{
	if (c < '0' || c > '9' || ++head->digits > DIGITS_MOST)
		return false;
	head->length = head->length * 10 + (c - '0');
	return true;
}

static enum head_state in_value(struct head *head, unsigned char c)
{
	if (c == '\r')
		return HEAD_LINE_END;
	if ((c < 0x20 && c != '\t') || c == 0x7F ||
	    (head->single == CONTENT_LENGTH && !add_digit(head, c)))
		return refuse(head, 400);
	return HEAD_VALUE;
}

static enum head_state in_blank(struct head *head, unsigned char c)
{
	return c == ' ' || c == '\t' ? HEAD_BLANK : in_value(head, c);
}

static enum head_state in_line_end(struct head *head, unsigned char c)
{
	return c == '\n' ? HEAD_LINE : refuse(head, 400);
}

static enum head_state in_end(struct head *head, unsigned char c)
{
	if (c != '\n' || (!head->http10 && !has(head, HOST)) ||
	    (has(head, CONTENT_LENGTH) && head->digits == 0) ||
	    (has(head, CONTENT_LENGTH) && has(head, TRANSFER_ENCODING)))
		return refuse(head, 400);
	/* Chunks have sizes, extensions and trailers of their own to misread, and
	 * every body here is known before it is sent (RFC 9110 section 15.5.12). */
	if (has(head, TRANSFER_ENCODING))
		return refuse(head, 411);
	return HEAD_WHOLE;
}

static enum head_state (*const steps[])(struct head *, unsigned char) = {
	[HEAD_METHOD] = in_method, [HEAD_TARGET] = in_target,
	[HEAD_VERSION] = in_version, [HEAD_LINE] = in_line, [HEAD_NAME] = in_name,
	[HEAD_BLANK] = in_blank, [HEAD_VALUE] = in_value,
	[HEAD_LINE_END] = in_line_end, [HEAD_END] = in_end,
};
_Static_assert(sizeof(steps) / sizeof(*steps) == HEAD_WHOLE,
	       "every state that reads needs a step");

/* Most of a head is values: how many bytes of one go on as they do. */
static size_t value_run(const struct head *head, const char *bytes, size_t size)
{
	size_t room = HEAD_MOST - head->size, at = 0;

	if (head->single == CONTENT_LENGTH)
		return 0;
	if (size > room)
		size = room;
	while (at < size && (unsigned char)bytes[at] >= 0x20 && bytes[at] != 0x7F)
		at++;
	return at;
}

size_t head_read(struct head *head, const char *bytes, size_t size)
{
	size_t at = 0;

	while (at < size && head->state < HEAD_WHOLE) {
		if (head->state == HEAD_VALUE) {
			size_t run = value_run(head, bytes + at, size - at);

			at += run;
			head->size += run;
			if (at == size)
				break;
		}
		head->state = steps[head->state](head, (unsigned char)bytes[at++]);
		if (++head->size > HEAD_MOST && head->state != HEAD_REFUSED)
			head->state = refuse(head, 431);
	}
	return at;
}
