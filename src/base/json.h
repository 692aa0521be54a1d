// SPDX-License-Identifier: AGPL-3.0-or-later
// A streaming JSON writer into a Buf; sticky like Buf. Commas are placed by the writer. Ids are written as strings.
// Untrusted JSON is parsed with libjansson (json_parse), whose tree lives until json_release.
//
//   Json j = json_init(&buf); json_obj(&j); json_key(&j, "id"); json_id(&j, id); json_end(&j);
#pragma once
#include "base/id.h"

typedef struct Json {
	Buf *b;
	uint64_t obj_bits; // one bit a level: 1 = object
	int depth;
	bool comma;
} Json;

Json json_init(Buf *b);
void json_obj(Json *j);
void json_arr(Json *j);
void json_end(Json *j);
void json_key(Json *j, const char *key);
void json_str(Json *j, Str s); // str_none() writes null
void json_int(Json *j, int64_t v);
void json_share(Json *j, double v); // four decimals; null for NaN and infinities
void json_bool(Json *j, bool v);
void json_none(Json *j);
void json_id(Json *j, Id id);
void json_time(Json *j, Time t); // ISO 8601, 0 writes null
void buf_json_escaped(Buf *b, Str s);
