/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Problem details (RFC 9457): the body of every refusal.  An operation may add
 * members of its own, e.g. the nearest free slots of slot.taken: write them
 * with codec_encode() and read them with api_problem_decode(). */
#ifndef GUICHET_API_PROBLEM_H
#define GUICHET_API_PROBLEM_H

#include <guichet/api/codec.h>

#define PROBLEM_TYPE "application/problem+json"
#define PROBLEM_FAULTS_MAX 8

struct problem {
	char type[96];                  /* "urn:guichet:problem:slot.taken" */
	char title[121];                /* French, stable */
	int64_t status;
	char detail[400];               /* French sentence for the agent, or "" */
	char instance[128];             /* path of the request */
	char code[48];                  /* stable machine word, "slot.taken" */
	size_t error_count;
	struct codec_fault errors[PROBLEM_FAULTS_MAX];
	char trace_id[33];
};

extern const struct codec problem_codec, problem_fault_codec;

#endif
