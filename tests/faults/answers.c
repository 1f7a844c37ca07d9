/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers.h"

#include <stddef.h>

#define JSON "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define HTML "Content-Type: text/html\r\nContent-Length: 5\r\n"
#define PROBLEM "Content-Type: application/problem+json\r\n"

/* A payment as the server writes them, with its first members left open. */
#define REST ",\"care_from\":\"2026-11-14\",\"care_to\":\"2026-11-14\"," \
	"\"kind\":\"care\",\"state\":\"paid\",\"label\":\"Soins\"," \
	"\"beneficiary_id\":\"00054SE000000\",\"beneficiary_name\":\"A\"," \
	"\"beneficiary_kinship\":\"insured\",\"payee\":\"insured\",\"mask_tier\":2"
#define ID "\"id\":\"00054SE000000-0CMS4DNG00004\""
#define ONE(members) "{\"items\":[{" members "}]}"

const struct bad_answer bad_answer_rows[] = {
	/* not the JSON of a list */
	{ .name = "no body" },
	{ .name = "a blank", .start = " " },
	{ .name = "null", .start = "null" },
	{ .name = "true", .start = "true" },
	{ .name = "a number", .start = "42" },
	{ .name = "a text", .start = "\"items\"" },
	{ .name = "a bare array", .start = "[]" },
	{ .name = "no items", .start = "{}" },
	{ .name = "items null", .start = "{\"items\":null}" },
	{ .name = "items an object", .start = "{\"items\":{}}" },
	{ .name = "items a text", .start = "{\"items\":\"\"}" },
	{ .name = "a number for an item", .start = "{\"items\":[1]}" },
	{ .name = "null for an item", .start = "{\"items\":[null]}" },
	{ .name = "an array for an item", .start = "{\"items\":[[]]}" },
	{ .name = "an empty item", .start = "{\"items\":[{}]}" },
	{ .name = "JSON that stops", .start = "{\"items\":[" },
	{ .name = "bytes after the end", .start = "{\"items\":[]}x" },
	{ .name = "two documents", .start = "{\"items\":[]}{\"items\":[]}" },
	{ .name = "a member twice", .start = "{\"items\":[],\"items\":[]}" },
	{ .name = "a byte order mark", .start = "\xEF\xBB\xBF{\"items\":[]}" },
	{ .name = "single quotes", .start = "{'items':[]}" },
	{ .name = "a comment", .start = "{\"items\":[]/* none */}" },
	{ .name = "a comma too many", .start = "{\"items\":[],}" },
	{ .name = "NaN", .start = "{\"items\":[NaN]}" },
	{ .name = "Infinity", .start = "{\"items\":[-Infinity]}" },
	{ .name = "1e999", .start = ONE(ID ",\"paid_on\":1e999" REST) },
	{ .name = "2^63", .start = ONE(ID ",\"paid_on\":9223372036854775808" REST) },
	/* texts that are none */
	{ .name = "bytes that are no UTF-8", .start = ONE("\"id\":\"\xFF\xFE\"") },
	{ .name = "an overlong slash", .start = ONE("\"id\":\"\xC0\xAF\"") },
	{ .name = "half a surrogate pair", .start = ONE("\"id\":\"\\ud800\"") },
	{ .name = "an escaped zero", .start = ONE("\"id\":\"\\u0000\"") },
	{ .name = "a raw control", .start = ONE("\"id\":\"\033[2J\"") },
	/* an item that is almost right */
	{ .name = "no such day", .start = ONE(ID ",\"paid_on\":\"2026-02-30\"" REST) },
	{ .name = "a day as a number", .start = ONE(ID ",\"paid_on\":20261120" REST) },
	{ .name = "another kind", .start = ONE(ID ",\"kind\":\"gift\"") },
	{ .name = "no identifier", .start = ONE("\"paid_on\":\"2026-11-20\"" REST) },
	{ .name = "an amount in euros", .start = ONE(ID ",\"amount_cts\":19.00" REST) },
	{ .name = "an amount as a text", .start = ONE(ID ",\"amount_cts\":\"19\"" REST) },
	{ .name = "a name without end", .start = "{\"items\":[{" ID
	  ",\"paid_on\":\"2026-11-20\"" REST ",\"payee_name\":\"", .repeated = "A",
	  .times = 100000, .end = "\"}]}" },
	{ .name = "a label without end", .start = "{\"items\":[{\"id\":\"",
	  .repeated = "9", .times = 60000, .end = "\"}]}" },
	{ .name = "one good and one bad", .start = "{\"items\":[{" ID
	  ",\"paid_on\":\"2026-11-20\"" REST "},{}]}" },
	/* too much */
	{ .name = "depth 9", .start = "{\"items\":", .repeated = "[", .times = 9,
	  .end = "]" },
	{ .name = "depth 2,000", .repeated = "[", .times = 2000 },
	{ .name = "depth 100,000", .repeated = "{\"a\":", .times = 100000 },
	{ .name = "1 MiB of blanks", .repeated = "        ", .times = 131073,
	  .end = "{\"items\":[]}" },
	{ .name = "20 MB of numbers", .start = "{\"items\":[0", .repeated = ",1",
	  .times = 10000000, .end = "]}" },
	{ .name = "a million items", .start = "{\"items\":[{}", .repeated = ",{}",
	  .times = 1000000, .end = "]}" },
	{ .name = "300,000 numbers", .start = "{\"items\":[0", .repeated = ",1",
	  .times = 300000, .end = "]}" },
	{ .name = "300,000 empty arrays", .start = "{\"items\":[0",
	  .repeated = ",[]", .times = 300000, .end = "]}" },
	{ .name = "50,000 members", .start = "{\"a\":0", .repeated =
	  ",\"\\u0041\\u0042\":1", .times = 50000, .end = "}" },
	/* HTTP of somebody else */
	{ .name = "a web page", .head = "HTTP/1.1 200 OK\r\n" HTML, .start = "Hello" },
	{ .name = "no type", .head = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n",
	  .start = "{\"items\":[]}" },
	{ .name = "another type", .head = "HTTP/1.1 200 OK\r\nContent-Type: "
	  "text/json\r\nContent-Length: 12\r\n", .start = "{\"items\":[]}" },
	{ .name = "204 for a list", .head = "HTTP/1.1 204 No Content\r\n" },
	{ .name = "a redirection", .head = "HTTP/1.1 302 Found\r\nLocation: "
	  "https://example.org/\r\nContent-Length: 0\r\n" },
	{ .name = "a redirection to a file", .head = "HTTP/1.1 301 Moved\r\n"
	  "Location: file:///etc/passwd\r\nContent-Length: 0\r\n" },
	{ .name = "403 of a proxy", .head = "HTTP/1.1 403 Forbidden\r\n" HTML,
	  .start = "Hello" },
	{ .name = "404 of a proxy", .head = "HTTP/1.1 404 Not Found\r\n" HTML,
	  .start = "Hello" },
	{ .name = "407", .head = "HTTP/1.1 407 Proxy Authentication Required\r\n"
	  "Proxy-Authenticate: Basic realm=\"x\"\r\n" HTML, .start = "Hello" },
	{ .name = "500 with a page", .head = "HTTP/1.1 500 Oops\r\n" HTML,
	  .start = "Hello" },
	{ .name = "599", .head = "HTTP/1.1 599 Strange\r\nContent-Length: 0\r\n" },
	{ .name = "gzip that was not asked for", .head = JSON "Content-Encoding: "
	  "gzip\r\nContent-Length: 6\r\n", .start = "\x1F\x8B\x08\x01\x01\x01" },
	{ .name = "a header of 90,000 bytes", .head = JSON "X-Long: ",
	  .repeated = "A", .times = 90000, .end = "\r\nContent-Length: 0\r\n\r\n" },
	{ .name = "4,000 headers", .head = JSON "X-First: 1\r\n",
	  .repeated = "X-Other: 1234567890\r\n", .times = 4000,
	  .end = "Content-Length: 0\r\n\r\n" },
	{ .name = "a type of 10,000 bytes", .head = "HTTP/1.1 200 OK\r\n"
	  "Content-Type: application/json", .repeated = "A", .times = 10000,
	  .end = "\r\nContent-Length: 12\r\n\r\n{\"items\":[]}" },
	/* problems that are none */
	{ .name = "a problem that succeeds", .head = "HTTP/1.1 200 OK\r\n" PROBLEM
	  "Content-Length: 2\r\n", .start = "{}" },
	{ .name = "a problem that is no object", .head = "HTTP/1.1 422 No\r\n" PROBLEM
	  "Content-Length: 2\r\n", .start = "[]" },
	{ .name = "a problem of wrong types", .head = "HTTP/1.1 422 No\r\n" PROBLEM
	  "Content-Length: 23\r\n", .start = "{\"code\":1,\"detail\":[[]]}" },
	{ .name = "a problem that draws", .head = "HTTP/1.1 422 No\r\n" PROBLEM
	  "Content-Length: 72\r\n", .start = "{\"type\":\"about:blank\",\"status\":422,"
	  "\"detail\":\"\\u001b[2J\\u009b31m\\r\\nX\"}    " },
	/* no HTTP at all, or only at first */
	{ .name = "HTTP/0.9", .head = "", .start = "{\"items\":[]}", .cut = true },
	{ .name = "SSH", .head = "", .start = "SSH-2.0-OpenSSH_9.2\r\n", .cut = true },
	{ .name = "TLS", .head = "", .start = "\x15\x03\x03\x01\x02\x02\x28",
	  .cut = true },
	{ .name = "HTTP/9", .head = "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n",
	  .cut = true },
	{ .name = "status 99", .head = "HTTP/1.1 099 What\r\nContent-Length: 0\r\n",
	  .cut = true },
	{ .name = "a length below zero", .head = JSON "Content-Length: -1\r\n",
	  .start = "{\"items\":[]}", .cut = true },
	{ .name = "two lengths", .head = JSON "Content-Length: 12\r\n"
	  "Content-Length: 11\r\n", .start = "{\"items\":[]}", .cut = true },
	{ .name = "a length that is no number", .head = JSON
	  "Content-Length: many\r\n", .start = "{\"items\":[]}", .cut = true },
	{ .name = "a length never reached", .head = JSON
	  "Content-Length: 4000000000\r\n", .start = "{\"items\":[]}", .cut = true },
	{ .name = "a chunk of no size", .head = JSON
	  "Transfer-Encoding: chunked\r\n", .start = "zz\r\n{}\r\n", .cut = true },
	{ .name = "chunks that never end", .head = JSON
	  "Transfer-Encoding: chunked\r\n", .start = "c\r\n{\"items\":[]}\r\n",
	  .cut = true },
	{ .name = "100 Continue for ever", .head = "", .repeated =
	  "HTTP/1.1 100 Continue\r\n\r\n", .times = 5000, .cut = true },
	{ 0 },
};
