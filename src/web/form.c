// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/form.h"

#include "base/utf8.h"
#include "web/web.h"

#include <jansson.h>

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

Str url_decode(Arena *a, Str s, bool plus_is_space)
{
	size_t at;
	if (!str_find_char(s, '%', &at) && !(plus_is_space && str_find_char(s, '+', &at))) return s.p ? s : S("");
	char *out = arena_alloc(a, s.n, 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '+' && plus_is_space) c = ' ';
		if (c == '%') {
			if (i + 2 >= s.n || hex_value(s.p[i + 1]) < 0 || hex_value(s.p[i + 2]) < 0) return str_none();
			c = (char)(hex_value(s.p[i + 1]) << 4 | hex_value(s.p[i + 2]));
			i += 2;
		}
		out[n++] = c;
	}
	return (Str){out, n};
}

void buf_url_encoded(Buf *b, Str s)
{
	static const char HEX[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
			c == '.' || c == '~') {
			buf_char(b, (char)c);
		} else {
			buf_char(b, '%');
			buf_char(b, HEX[c >> 4]);
			buf_char(b, HEX[c & 15]);
		}
	}
}

// CR LF and lone CR become LF: browsers send CR LF from text areas.
static Str normalise_newlines(Arena *a, Str s)
{
	size_t at;
	if (!str_find_char(s, '\r', &at)) return s;
	char *out = arena_alloc(a, s.n, 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\r') {
			if (i + 1 < s.n && s.p[i + 1] == '\n') continue;
			out[n++] = '\n';
		} else {
			out[n++] = s.p[i];
		}
	}
	return (Str){out, n};
}

static size_t field_index(const Form *form, Str name)
{
	for (size_t i = 0; i < form->n; i++)
		if (str_eq(name, str_from(form->v[i].name))) return i;
	return form->n;
}

// Most of what is sent: nothing to repair in it.
static bool is_plain(Str s)
{
	bool plain = true;
	for (size_t i = 0; i < s.n; i++) plain &= s.p[i] >= 0x20 && s.p[i] != 0x7f; // bytes over 127 are negative
	return plain;
}

// A control character in a one-line field is a space; text keeps tabs and newlines. Invalid UTF-8 is repaired, since it
// only comes from broken clients and nothing typed may be lost.
static Str clean_text(Ctx *cx, const FormField *f, Str value)
{
	bool line = f->type == FIELD_LINE || f->type == FIELD_WORDS;
	if (is_plain(value)) return line ? str_trim(value) : value;
	value = normalise_newlines(cx->arena, utf8_repair(cx->arena, value));
	if (!line) return value;
	Str copy = str_copy(cx->arena, value);
	char *p = arena_alloc(cx->arena, copy.n, 1);
	for (size_t i = 0; i < copy.n; i++) p[i] = (unsigned char)copy.p[i] < 0x20 || copy.p[i] == 0x7f ? ' ' : copy.p[i];
	return str_trim((Str){p, copy.n});
}

static void field_put(Ctx *cx, Req *req, size_t i, Str raw)
{
	const FormField *f = &req->route->form.v[i];
	FieldValue *v = &req->fields[i];
	if (v->given) return; // the first value wins
	v->given = true;
	v->text = clean_text(cx, f, raw);
	switch (f->type) {
	case FIELD_INT:
		if (v->text.n && !str_int(v->text, f->min, f->max, &v->n)) field_error(cx, f->name, f->error);
		v->given = v->text.n > 0;
		break;
	case FIELD_ID:
		if (v->text.n && !id_parse(v->text, &v->n)) field_error(cx, f->name, f->error);
		break;
	case FIELD_FLAG: v->n = !str_eq(v->text, S("0")) && !str_eq(v->text, S("false")) && v->text.n > 0; break;
	case FIELD_LINE:
	case FIELD_WORDS:
	case FIELD_TEXT:
	case FIELD_SECRET: break;
	}
}

static bool already_wrong(const Ctx *cx, const char *field)
{
	for (size_t i = 0; i < cx->field_errors_n; i++)
		if (cx->field_errors[i].field == field) return true;
	return false;
}

static Status form_check(Ctx *cx, const Req *req)
{
	for (size_t i = 0; i < req->route->form.n; i++) {
		const FormField *f = &req->route->form.v[i];
		const FieldValue *v = &req->fields[i];
		if (already_wrong(cx, f->name)) continue;
		bool text = f->type == FIELD_LINE || f->type == FIELD_WORDS || f->type == FIELD_TEXT || f->type == FIELD_SECRET;
		bool missing = (f->min > 0 && (text ? (int64_t)v->text.n < f->min : f->type == FIELD_ID && !v->n)) ||
					   (f->needed && !v->given);
		if (missing || (text && (int64_t)v->text.n > f->max)) field_error(cx, f->name, f->error);
	}
	return cx->field_errors_n ? fail(cx, ST_INVALID, "%s: %s", cx->field_errors[0].field, cx->field_errors[0].key)
							  : ST_OK;
}

static Status parse_pairs(Ctx *cx, Req *req, Str pairs, Str *ret_csrf)
{
	size_t n = 0;
	while (pairs.p && pairs.n) {
		if (++n > FORM_PAIRS_MAX) return fail(cx, ST_BAD_REQUEST, "more than %d form fields", FORM_PAIRS_MAX);
		Str pair, rest = str_cut(pairs, '&', &pair), name, raw = str_cut(pair, '=', &name);
		pairs = rest;
		name = url_decode(cx->arena, name, true);
		Str value = url_decode(cx->arena, raw, true);
		if (!name.p || !value.p) return fail(cx, ST_BAD_REQUEST, "malformed percent-encoding in field %zu", n);
		size_t i = field_index(&req->route->form, name);
		if (i < req->route->form.n) field_put(cx, req, i, value);
		else if (ret_csrf && str_eq(name, S("csrf"))) *ret_csrf = value;
	}
	return form_check(cx, req);
}

bool form_requires(const FormField *field) { return field->needed || (field->min > 0 && field->type != FIELD_INT); }

Status form_parse_query(Ctx *cx, Req *req, Str query) { return parse_pairs(cx, req, query, NULL); }

Status form_parse_urlencoded(Ctx *cx, Req *req, Str body, Str *ret_csrf)
{
	return parse_pairs(cx, req, body, ret_csrf);
}

Str form_peek(Arena *a, Str query, Str name)
{
	for (size_t n = 0; query.p && query.n && n < FORM_PAIRS_MAX; n++) {
		Str pair, rest = str_cut(query, '&', &pair), key, raw = str_cut(pair, '=', &key);
		query = rest;
		if (str_eq(key, name)) return url_decode(a, raw, true);
	}
	return str_none();
}

// Arrays of strings (tags) are joined by spaces, so that one field has one text in both forms. What the OpenAPI file calls
// a number or a truth is not taken as a string, nor the other way round.
static bool json_text(Ctx *cx, const FormField *f, const json_t *v, Str *ret_text)
{
	bool number = f->type == FIELD_INT, truth = f->type == FIELD_FLAG;
	if (json_is_string(v) && !number && !truth) {
		*ret_text = str_copy(cx->arena, (Str){json_string_value(v), json_string_length(v)});
	} else if (json_is_integer(v) && number) {
		*ret_text = str_format(cx->arena, "%lld", (long long)json_integer_value(v));
	} else if (json_is_boolean(v) && truth) {
		*ret_text = json_is_true(v) ? S("1") : S("0");
	} else if (json_is_array(v) && f->type == FIELD_WORDS) {
		Buf b = buf_init(cx->arena, 64, WEB_BODY_MAX_BYTES);
		for (size_t i = 0; i < json_array_size(v); i++) {
			const json_t *item = json_array_get(v, i);
			if (!json_is_string(item)) return false;
			if (i) buf_char(&b, ' ');
			buf_mem(&b, json_string_value(item), json_string_length(item));
		}
		*ret_text = b.n ? buf_view(&b) : S("");
	} else {
		return false;
	}
	return true;
}

static Status json_fields(Ctx *cx, Req *req, json_t *root)
{
	const char *key;
	json_t *value;
	if (!json_is_object(root)) return fail(cx, ST_BAD_REQUEST, "the body must be a JSON object");
	json_object_foreach(root, key, value)
	{
		size_t i = field_index(&req->route->form, str_from(key));
		Str text;
		if (i == req->route->form.n) return fail(cx, ST_BAD_REQUEST, "unknown member \"%.40s\"", key);
		if (json_is_null(value)) continue;
		if (!json_text(cx, &req->route->form.v[i], value, &text))
			return fail(cx, ST_BAD_REQUEST, "\"%.40s\" has the wrong type", key);
		field_put(cx, req, i, text);
	}
	return form_check(cx, req);
}

Status form_parse_json(Ctx *cx, Req *req, Str body)
{
	json_error_t error;
	json_t *root = json_loadb(body.p ? body.p : "", body.n, JSON_REJECT_DUPLICATES, &error);
	if (!root) return fail(cx, ST_BAD_REQUEST, "JSON, byte %d: %s", error.position, error.text);
	Status st = json_fields(cx, req, root);
	json_decref(root);
	return st;
}

// What handlers read.

static const FieldValue *field_of(const Req *req, const char *field)
{
	size_t i = field_index(&req->route->form, str_from(field));
	BUG_IF(i == req->route->form.n);
	return &req->fields[i];
}

static bool path_arg(const Req *req, const char *field, size_t *ret_i)
{
	for (size_t i = 0; i < req->path_n; i++) {
		if (!str_eq(req->path_names[i], str_from(field))) continue;
		*ret_i = i;
		return true;
	}
	return false;
}

Str req_str(const Req *req, const char *field)
{
	size_t i;
	return path_arg(req, field, &i) ? req->path_values[i] : field_of(req, field)->text;
}

int64_t req_int(const Req *req, const char *field) { return field_of(req, field)->n; }

Id req_id(const Req *req, const char *field)
{
	size_t i;
	return path_arg(req, field, &i) ? req->path_ids[i] : field_of(req, field)->n;
}

bool req_given(const Req *req, const char *field) { return field_of(req, field)->given; }
