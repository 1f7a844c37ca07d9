/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A target of fuzzing.  `make check` replays the inputs kept in the folder of its
 * name; `make fuzz` looks for others. */
#ifndef GUICHET_TESTS_FUZZ_H
#define GUICHET_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Give `data` to the decoders and abort when one contradicts itself.  Returns
 * 0; the name is that of libFuzzer. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
