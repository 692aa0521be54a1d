// SPDX-License-Identifier: AGPL-3.0-or-later
// What malloc does with memory that was freed, in a process that serves for long. Left to itself it hands the top of its heaps
// back after each request, and the kernel clears pages anew for the next one: a twentieth of what a page costs.
#pragma once

// Freed memory is kept, up to HEAP_KEEP_BYTES at the top of each heap; larger blocks than HEAP_OWN_BYTES are mapped apart and
// go back at once. Before there are threads.
void heap_keep(void);
// Now and then: what is free goes back to the system, so that a busy hour is not paid for all day.
void heap_give_back(void);
