/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decoder under fuzzing.  `make check` replays the texts kept in a folder; to
 * look for new ones, give the target alone to clang:
 *
 *	clang -g -O1 -std=gnu11 -fsanitize=fuzzer,address,undefined -Iinclude \
 *		tests/fuzz/fuzz_values.c base/[a-z]*.c -o fuzz_values
 *	./fuzz_values -max_len=80 tests/fuzz/values
 */
#ifndef GUICHET_TESTS_FUZZ_H
#define GUICHET_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Give `data` to the decoders and abort when one contradicts itself.  Returns
 * 0; the name is that of libFuzzer. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
