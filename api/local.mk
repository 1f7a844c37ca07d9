# SPDX-License-Identifier: GPL-3.0-or-later
# The contract: what the client, the server and the tests share.
noinst_LIBRARIES += libschema.a
EXTRA_DIST += %D%/openapi.yaml
libschema_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
libschema_a_SOURCES = \
	%D%/codec.c \
	%D%/codec_decode.c \
	%D%/codec_encode.c \
	%D%/codec_format.c \
	%D%/codec_private.h \
	%D%/openapi.c \
	%D%/openapi_private.h \
	%D%/openapi_request.c \
	%D%/openapi_response.c \
	%D%/openapi_schema.c \
	%D%/path.c \
	%D%/schema/access.c \
	%D%/schema/appointment.c \
	%D%/schema/card.c \
	%D%/schema/common.c \
	%D%/schema/contact.c \
	%D%/schema/federation.c \
	%D%/schema/insured.c \
	%D%/schema/ops.c \
	%D%/schema/payment.c \
	%D%/schema/problem.c \
	%D%/schema/request.c \
	%D%/schema/session.c \
	%D%/schema/slot.c

# The client's way to the server.
noinst_LIBRARIES += libapi.a
libapi_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS)
libapi_a_SOURCES = \
	%D%/client.c \
	%D%/client_again.c \
	%D%/client_private.h \
	%D%/client_reply.c \
	%D%/client_request.c \
	%D%/http.c \
	%D%/http_curl.c \
	%D%/http_curl.h \
	%D%/http.h \
	%D%/http_address.c \
	%D%/http_tls.c \
	%D%/http_tls.h
