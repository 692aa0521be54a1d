// SPDX-License-Identifier: AGPL-3.0-or-later
// Addresses that people write into posts: cleaned as a browser would read them (WHATWG URL: white space around and
// tabs and newlines within are dropped, a backslash may count as a slash), then checked, so that what we judge is what
// the browser will follow. Links may be http, https, mailto or relative; pictures https only. Everything else
// (javascript:, data:, vbscript:, unknown or malformed schemes, control characters) is refused.
//
//   Str url;
//   if (url_clean(arena, S(" java\tscript:alert(1)"), str_none(), URL_LINK, &url)) …   // false
//
// The result lives in the arena, holds no quotes, angle brackets, white space or backslashes, and still has to be
// escaped for HTML (`&`). Character references must have been decoded before. Owns nothing; any thread.
// Refuses to guess: an address without a scheme stays relative or is resolved against base, it never gains "http://".
#pragma once
#include "base/buf.h"

#define URL_MAX_BYTES 8192

typedef enum UrlUse { URL_LINK, URL_IMAGE } UrlUse;

// base: absolute http(s) address that relative ones are resolved against (RFC 3986 §5.2), or str_none().
bool url_clean(Arena *a, Str raw, Str base, UrlUse use, Str *ret_url);
