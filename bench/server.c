/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_server PORT PID STATIC_PORT FOLDER: what guichetd, process PID, answers
 * with authentication, authorisation and trace; STATIC_PORT is a server of one
 * static page, as a floor, or 0; the disk is that of FOLDER. */
#include "server.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RUNS 5
#define SECONDS 0.8
#define CONNECTIONS 32
#define CONNECTIONS_MANY 128

static struct desk desk;

/* What each connection of the booking load has at hand. */
static struct booking { bool booked; char id[ID_SIZE], etag[64]; }
	bookings[CONNECTIONS_MANY];
static long keys;

static void get_by(const char *path, const char *tail, int number,
		   char out[REQUEST_SIZE])
{
	static unsigned at;
	int file = (int)(at++ + (unsigned)number) % desk.file_count;

	snprintf(out, REQUEST_SIZE, "GET %s%s%s HTTP/1.1\r\nHost: localhost\r\n"
		 "Authorization: Bearer %s\r\nGuichet-Contact: %s\r\n\r\n", path,
		 desk.files[file].person, tail, desk.token,
		 desk.files[file].contact);
}

static void ask_person(void *self, int number, char out[REQUEST_SIZE])
{
	(void)self;
	get_by("/v1/insured/", "", number, out);
}

static void ask_payments(void *self, int number, char out[REQUEST_SIZE])
{
	(void)self;
	get_by("/v1/insured/", "/payments?limit=20", number, out);
}

static void ask_static(void *self, int number, char out[REQUEST_SIZE])
{
	(void)self;
	(void)number;
	snprintf(out, REQUEST_SIZE,
		 "GET /page.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

static void ask_name(void *self, int number, char out[REQUEST_SIZE])
{
	static const char *const texts[] = { "martin", "dupont jean", "bern",
		"lefebvre m", "petit", "moreau anne", "rou", "durand p" };
	static unsigned at;
	char body[96];

	(void)self;
	snprintf(body, sizeof(body), "{\"text\":\"%s\"}",
		 texts[(at++ + (unsigned)number) % 8]);
	snprintf(out, REQUEST_SIZE, "POST /v1/insured/search HTTP/1.1\r\n"
		 "Host: localhost\r\nAuthorization: Bearer %s\r\n"
		 "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
		 desk.token, strlen(body), body);
}

/* Each connection books a slot of its own, cancels, and again. */
static void ask_booking(void *self, int number, char out[REQUEST_SIZE])
{
	const struct slot_found *slot = &desk.slots[number % desk.slot_count];
	const struct booking *booking = &bookings[number];
	int file = number % desk.file_count;
	char body[512], path[96] = "/v1/appointments", etag[96] = "";

	(void)self;
	if (booking->booked) {
		snprintf(path, sizeof(path), "/v1/appointments/%s", booking->id);
		snprintf(etag, sizeof(etag), "If-Match: %s\r\n", booking->etag);
		snprintf(body, sizeof(body), "{\"state\":\"cancelled\","
			 "\"cancelled_by\":\"insured\"}");
	} else {
		snprintf(body, sizeof(body), "{\"insured_id\":\"%s\","
			 "\"reason\":\"VITALE\",\"channel\":\"counter\","
			 "\"office_id\":\"%s\",\"desk\":%s,\"starts_at\":\"%s\","
			 "\"accept_warnings\":true}", desk.files[file].person,
			 slot->office, slot->desk, slot->starts_at);
	}
	snprintf(out, REQUEST_SIZE, "%s %s HTTP/1.1\r\nHost: localhost\r\n"
		 "Authorization: Bearer %s\r\nGuichet-Contact: %s\r\n"
		 "Content-Type: application/%sjson\r\n%s"
		 "Idempotency-Key: \"booking-%d-%016ld\"\r\n"
		 "Content-Length: %zu\r\n\r\n%s",
		 booking->booked ? "PATCH" : "POST", path, desk.token,
		 desk.files[file].contact,
		 booking->booked ? "merge-patch+" : "", etag, (int)getpid(), keys++,
		 strlen(body), body);
}

static void on_booking(void *self, int number, const char *answer)
{
	struct booking *booking = &bookings[number];
	const char *body = strstr(answer, "\r\n\r\n");
	const char *etag = strstr(answer, "\r\nETag: ");

	(void)self;
	if (booking->booked || strncmp(answer, "HTTP/1.1 201", 12) != 0) {
		booking->booked = false;
		return;
	}
	booking->booked = etag && body &&
		desk_member(body, "id", booking->id, sizeof(booking->id));
	if (booking->booked)
		snprintf(booking->etag, sizeof(booking->etag), "%.*s",
			 (int)strcspn(etag + 8, "\r"), etag + 8);
}

struct measure {
	const char *name;
	int connections;
	void (*ask)(void *, int, char[REQUEST_SIZE]);
	void (*answered)(void *, int, const char *);
	bool is_static;
	struct samples per_s, p50_ms, p99_ms, cpu_us;
};

static struct measure measures[] = {
	{ .name = "static", .connections = CONNECTIONS, .ask = ask_static,
	  .is_static = true },
	{ .name = "person", .connections = CONNECTIONS, .ask = ask_person },
	{ .name = "name", .connections = CONNECTIONS, .ask = ask_name },
	{ .name = "payments", .connections = CONNECTIONS, .ask = ask_payments },
	{ .name = "booking_32", .connections = CONNECTIONS, .ask = ask_booking,
	  .answered = on_booking },
	{ .name = "booking_128", .connections = CONNECTIONS_MANY,
	  .ask = ask_booking, .answered = on_booking },
	{ .name = "person_alone", .connections = 1, .ask = ask_person },
	{ .name = "name_alone", .connections = 1, .ask = ask_name },
	{ .name = "payments_alone", .connections = 1, .ask = ask_payments },
	{ .name = NULL },
};

/* Seconds of processor of the daemon so far. */
static double cpu_s(int pid)
{
	unsigned long user = 0, kernel = 0;
	char path[64];
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	in = fopen(path, "r");
	if (!in || fscanf(in, "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u "
			  "%*u %lu %lu", &user, &kernel) != 2)
		fail("no process %d", pid);
	fclose(in);
	return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

static void run(struct measure *m, int port, int pid)
{
	struct load load = { .port = port, .connections = m->connections,
		.seconds = SECONDS, .ask = m->ask, .answered = m->answered };
	double before = m->is_static ? 0 : cpu_s(pid);

	memset(bookings, 0, sizeof(bookings));
	load_run(&load);
	if (load.refused > 0)
		fail("%s: %ld of %ld refused: %s", m->name, load.refused,
		     load.done, load.why);
	sample_add(&m->per_s, load.per_s);
	sample_add(&m->p50_ms, samples_at(&load.ms, 0.5));
	sample_add(&m->p99_ms, samples_at(&load.ms, 0.99));
	if (!m->is_static)
		sample_add(&m->cpu_us, (cpu_s(pid) - before) * 1e6 /
			   (double)load.done);
	free(load.ms.at);
}

/* How often the disk alone takes a page for good, one after the other. */
static double disk_per_s(const char *folder)
{
	char path[4096], page[4096] = "";
	int64_t start, end;
	long count = 0;
	int fd;

	snprintf(path, sizeof(path), "%s/disk", folder);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	start = now_ns();
	end = start + 500000000;
	for (; now_ns() < end; count++)
		if (pwrite(fd, page, sizeof(page), count % 256 * 4096) < 0 ||
		    fdatasync(fd) != 0)
			fail("%s takes nothing", folder);
	close(fd);
	return (double)count * 1e9 / (double)(now_ns() - start);
}

static void print_memory(int pid)
{
	char path[64], line[256];
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", pid);
	in = fopen(path, "r");
	while (in && fgets(line, sizeof(line), in))
		if (strncmp(line, "Anonymous:", 10) == 0)
			printf("server.anonymous_kib %ld\n",
			       strtol(line + 10, NULL, 10));
	if (in)
		fclose(in);
}

int main(int argc, char **argv)
{
	struct samples disk = { 0 };
	int port, pid, floor_port;

	if (argc != 5)
		fail("usage: bench_server PORT PID STATIC_PORT FOLDER");
	port = (int)strtol(argv[1], NULL, 10);
	pid = (int)strtol(argv[2], NULL, 10);
	floor_port = (int)strtol(argv[3], NULL, 10);
	desk_open(&desk, port);
	for (int i = 0; i < RUNS; i++) {
		sample_add(&disk, disk_per_s(argv[4]));
		for (struct measure *m = measures; m->name; m++)
			if (!m->is_static || floor_port)
				run(m, m->is_static ? floor_port : port, pid);
	}
	printf("fdatasync.per_s %.0f\n", samples_at(&disk, 0.5));
	for (struct measure *m = measures; m->name; m++) {
		if (m->per_s.count == 0)
			continue;
		printf("%s.per_s %.0f\n%s.p50_ms %.3g\n%s.p99_ms %.3g\n", m->name,
		       samples_at(&m->per_s, 0.5), m->name,
		       samples_at(&m->p50_ms, 0.5), m->name,
		       samples_at(&m->p99_ms, 0.5));
		if (m->cpu_us.count > 0)
			printf("%s.cpu_us %.3g\n", m->name,
			       samples_at(&m->cpu_us, 0.5));
	}
	print_memory(pid);
	return 0;
}
