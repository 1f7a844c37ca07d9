/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <guichet/api/problem.h>

static const struct codec_field problem_fault_fields[] = {
	CODEC_TEXT(struct codec_fault, pointer, "pointer", CODEC_REQUIRED),
	CODEC_TEXT(struct codec_fault, code, "code", CODEC_REQUIRED),
	CODEC_TEXT(struct codec_fault, detail, "detail", 0),
	CODEC_END,
};

const struct codec problem_fault_codec = {
	"ProblemFault", sizeof(struct codec_fault), problem_fault_fields,
	"One fault of a body; pointer is a JSON Pointer as a URI fragment.",
};

static const struct codec_field problem_fields[] = {
	CODEC_TEXT(struct problem, type, "type", CODEC_REQUIRED),
	CODEC_TEXT(struct problem, title, "title", CODEC_REQUIRED),
	CODEC_RANGE(struct problem, status, "status", CODEC_REQUIRED, 400, 599),
	CODEC_TEXT(struct problem, detail, "detail", 0),
	CODEC_TEXT(struct problem, instance, "instance", 0),
	CODEC_TEXT(struct problem, code, "code", CODEC_REQUIRED),
	CODEC_ARRAY(struct problem, errors, error_count, "errors", 0,
		    &problem_fault_codec),
	CODEC_TEXT(struct problem, trace_id, "trace_id", 0),
	CODEC_END,
};

const struct codec problem_codec = {
	"Problem", sizeof(struct problem), problem_fields,
	"Why a request was refused (RFC 9457).",
};
