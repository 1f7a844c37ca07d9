/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the OpenAPI printer share. */
#ifndef GUICHET_OPENAPI_PRIVATE_H
#define GUICHET_OPENAPI_PRIVATE_H

#include <guichet/api/op.h>

/* Write one line, two blanks deeper for each level of `depth`. */
void yaml(struct buf *out, int depth, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Write `name: "text"`. */
void yaml_text(struct buf *out, int depth, const char *name, const char *text);

/* Write the keywords of the schema of one member.  `nullable`: the optional ones
 * also take null. */
void openapi_member(struct buf *out, int depth, const struct codec_field *field,
		    bool nullable);

/* Write the members of `codec` under an open `properties:`. */
void openapi_properties(struct buf *out, int depth, const struct codec *codec);

/* Write `required:` for the required members of `codec`, if there is any. */
void openapi_required(struct buf *out, int depth, const struct codec *codec);

/* Write components/schemas: all that the operations use. */
void openapi_schemas(struct buf *out);

/* Write the parameters and the request body of an operation. */
void openapi_request(struct buf *out, const struct api_op *op);

/* Write the answers of an operation. */
void openapi_responses(struct buf *out, const struct api_op *op);

/* Write components/headers and components/responses. */
void openapi_headers(struct buf *out);
void openapi_refusals(struct buf *out);

#endif
