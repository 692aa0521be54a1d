// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/heap.h"

#include <stdlib.h> // says which C library this is

#if defined(__GLIBC__)
#include <malloc.h>

#define HEAP_KEEP_BYTES (8 << 20)
#define HEAP_OWN_BYTES (4 << 20)

void heap_keep(void)
{
	mallopt(M_TRIM_THRESHOLD, HEAP_KEEP_BYTES);
	mallopt(M_MMAP_THRESHOLD, HEAP_OWN_BYTES);
}

void heap_give_back(void) { malloc_trim(0); }
#else
void heap_keep(void) {}
void heap_give_back(void) {}
#endif
