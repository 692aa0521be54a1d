// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/pack.h"

#include <string.h>
#include <zstd.h>

#define LEVEL 6 // higher ones gain less than a byte for several times the work
#define MAGIC_BYTES 4

static const unsigned char MAGIC[MAGIC_BYTES] = {0x28, 0xb5, 0x2f, 0xfd};

static inline void ZSTD_CCtx_auto(ZSTD_CCtx **p) { ZSTD_freeCCtx(*p); }
static inline void ZSTD_DCtx_auto(ZSTD_DCtx **p) { ZSTD_freeDCtx(*p); }

Status text_pack(Ctx *cx, Str other, Str text, Str *ret_packed)
{
	if (text.n > PACK_TEXT_MAX_BYTES || other.n > PACK_TEXT_MAX_BYTES)
		return fail(cx, ST_TOO_LARGE, "a text of %zu bytes is not packed", size_max(text.n, other.n));
	size_t cap = ZSTD_compressBound(text.n);
	char *out = arena_try_alloc(cx->arena, cap, 1);
	AUTO(ZSTD_CCtx) c = ZSTD_createCCtx();
	if (!out || !c) return fail(cx, ST_TOO_LARGE, "no room to pack a text of %zu bytes", text.n);
	size_t rc = ZSTD_CCtx_setParameter(c, ZSTD_c_compressionLevel, LEVEL);
	if (!ZSTD_isError(rc)) rc = ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1);
	if (!ZSTD_isError(rc)) rc = ZSTD_CCtx_refPrefix(c, other.p, other.n);
	if (!ZSTD_isError(rc)) rc = ZSTD_compress2(c, out, cap, text.p, text.n);
	if (ZSTD_isError(rc)) return fail(cx, ST_INTERNAL, "packing a text: %s", ZSTD_getErrorName(rc));
	BUG_IF(rc < MAGIC_BYTES || memcmp(out, MAGIC, MAGIC_BYTES) != 0);
	*ret_packed = (Str){out + MAGIC_BYTES, rc - MAGIC_BYTES};
	return ST_OK;
}

static Status damaged(Ctx *cx, const char *why) { return fail(cx, ST_INTERNAL, "a packed text is damaged: %s", why); }

Status text_unpack(Ctx *cx, Str other, Str packed, size_t max_bytes, Str *ret_text)
{
	if (packed.n > ZSTD_compressBound(max_bytes)) return damaged(cx, "it is too long");
	char *frame = arena_try_alloc(cx->arena, packed.n + MAGIC_BYTES, 1);
	if (!frame) return fail(cx, ST_TOO_LARGE, "no room to unpack a text");
	memcpy(frame, MAGIC, MAGIC_BYTES);
	if (packed.n) memcpy(frame + MAGIC_BYTES, packed.p, packed.n);
	unsigned long long n = ZSTD_getFrameContentSize(frame, packed.n + MAGIC_BYTES);
	if (n == ZSTD_CONTENTSIZE_ERROR || n == ZSTD_CONTENTSIZE_UNKNOWN) return damaged(cx, "it has no length");
	if (n > max_bytes) return damaged(cx, "its text is too long");
	char *text = arena_try_alloc(cx->arena, (size_t)n + 1, 1);
	AUTO(ZSTD_DCtx) d = ZSTD_createDCtx();
	if (!text || !d) return fail(cx, ST_TOO_LARGE, "no room to unpack a text of %llu bytes", n);
	size_t rc = ZSTD_DCtx_refPrefix(d, other.p, other.n);
	if (!ZSTD_isError(rc)) rc = ZSTD_decompressDCtx(d, text, (size_t)n, frame, packed.n + MAGIC_BYTES);
	if (ZSTD_isError(rc)) return damaged(cx, ZSTD_getErrorName(rc));
	if (rc != n) return damaged(cx, "it is short");
	*ret_text = (Str){text, (size_t)n};
	return ST_OK;
}
