// SPDX-License-Identifier: AGPL-3.0-or-later
// The mark at the end of a file of cells, by which damage is noticed: four lanes of 64 bits, each word multiplied into its
// lane, so that no change of a single word goes unseen and others with a chance of 2^-64. It keeps up with the disk, and
// protects from nobody: who can write the file can write its mark.
//
//   CellsMark m = cells_mark_init();
//   cells_mark_update(&m, p, n);                 // in pieces of any length
//   cells_mark_final(&m, mark);
#pragma once
#include "base/macros.h"

#include <string.h>

#define CELLS_MARK_BYTES 32

typedef struct CellsMark {
	uint64_t lane[4];
	unsigned char rest[CELLS_MARK_BYTES]; // of the last piece
	uint64_t bytes;
} CellsMark;

static inline CellsMark cells_mark_init(void)
{
	return (CellsMark){.lane = {UINT64_C(0x243f6a8885a308d3), UINT64_C(0x13198a2e03707344),
								UINT64_C(0xa4093822299f31d0), UINT64_C(0x082efa98ec4e6c89)}};
}

static inline void cells_mark_mix(CellsMark *m, const unsigned char *p)
{
	uint64_t w[4];
	memcpy(w, p, sizeof w);
	for (int i = 0; i < 4; i++) {
		m->lane[i] = (m->lane[i] ^ w[i]) * UINT64_C(0x9e3779b97f4a7c15);
		m->lane[i] ^= m->lane[i] >> 29;
	}
}

static inline void cells_mark_update(CellsMark *m, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	size_t held = m->bytes % sizeof m->rest;
	m->bytes += n;
	if (held) {
		size_t more = size_min(n, sizeof m->rest - held);
		memcpy(m->rest + held, p, more);
		p += more;
		n -= more;
		if (held + more < sizeof m->rest) return;
		cells_mark_mix(m, m->rest);
	}
	for (; n >= sizeof m->rest; p += sizeof m->rest, n -= sizeof m->rest) cells_mark_mix(m, p);
	if (n) memcpy(m->rest, p, n);
}

static inline void cells_mark_final(CellsMark *m, unsigned char ret[static CELLS_MARK_BYTES])
{
	size_t held = m->bytes % sizeof m->rest;
	memset(m->rest + held, 0, sizeof m->rest - held);
	cells_mark_mix(m, m->rest);
	m->lane[0] ^= m->bytes;
	for (int round = 0; round < 3; round++) // each lane reaches all others
		for (int i = 0; i < 4; i++) {
			m->lane[i] = (m->lane[i] ^ m->lane[(i + 3) % 4]) * UINT64_C(0xff51afd7ed558ccd);
			m->lane[i] ^= m->lane[i] >> 32;
		}
	memcpy(ret, m->lane, CELLS_MARK_BYTES);
}
