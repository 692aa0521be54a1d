// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/json.h"

#include "base/bytes8.h"

#define JSON_DEPTH_MAX 60

Json json_init(Buf *b) { return (Json){.b = b}; }

static void separate(Json *j)
{
	if (j->comma) buf_char(j->b, ',');
	j->comma = true;
}

static void open(Json *j, bool object)
{
	BUG_IF(j->depth >= JSON_DEPTH_MAX);
	separate(j);
	j->obj_bits = j->obj_bits << 1 | object;
	j->depth++;
	j->comma = false;
	buf_char(j->b, object ? '{' : '[');
}

void json_obj(Json *j) { open(j, true); }
void json_arr(Json *j) { open(j, false); }

void json_end(Json *j)
{
	BUG_IF(j->depth == 0);
	buf_char(j->b, j->obj_bits & 1 ? '}' : ']');
	j->obj_bits >>= 1;
	j->depth--;
	j->comma = true;
}

void json_key(Json *j, const char *key)
{
	separate(j);
	buf_json_escaped(j->b, str_from(key));
	buf_char(j->b, ':');
	j->comma = false;
}

static bool eight_plain(const char *p)
{
	uint64_t v = bytes8_at(p);
	return !(bytes8_below(v, 0x20) | bytes8_below(v ^ BYTES8('"'), 1) | bytes8_below(v ^ BYTES8('\\'), 1));
}

void buf_json_escaped(Buf *b, Str s)
{
	static const char HEX[] = "0123456789abcdef";
	buf_char(b, '"');
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		for (; s.n - i >= 8 && eight_plain(s.p + i); i += 8) {}
		if (i == s.n) break;
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 0x20 && c != '"' && c != '\\') continue;
		buf_mem(b, s.p + from, i - from);
		from = i + 1;
		if (c == '"' || c == '\\') {
			buf_char(b, '\\');
			buf_char(b, (char)c);
		} else if (c == '\n') {
			buf_str(b, S("\\n"));
		} else {
			buf_str(b, S("\\u00"));
			buf_char(b, HEX[c >> 4]);
			buf_char(b, HEX[c & 15]);
		}
	}
	buf_mem(b, s.p + from, s.n - from);
	buf_char(b, '"');
}

void json_none(Json *j)
{
	separate(j);
	buf_str(j->b, S("null"));
}

void json_str(Json *j, Str s)
{
	if (!s.p) {
		json_none(j);
		return;
	}
	separate(j);
	buf_json_escaped(j->b, s);
}

void json_int(Json *j, int64_t v)
{
	separate(j);
	buf_int(j->b, v);
}

void json_share(Json *j, double v)
{
	separate(j);
	if (v - v != 0) buf_z(j->b, "null");
	else buf_format(j->b, "%.4f", v);
}

void json_bool(Json *j, bool v)
{
	separate(j);
	buf_str(j->b, v ? S("true") : S("false"));
}

void json_id(Json *j, Id id)
{
	if (!id) {
		json_none(j);
		return;
	}
	separate(j);
	buf_char(j->b, '"');
	buf_id(j->b, id);
	buf_char(j->b, '"');
}

void json_time(Json *j, Time t)
{
	if (!t) {
		json_none(j);
		return;
	}
	separate(j);
	buf_char(j->b, '"');
	time_format_iso(j->b, t);
	buf_char(j->b, '"');
}
