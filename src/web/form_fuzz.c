// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as a form, a query and a JSON body: what comes out is valid UTF-8 within its declared limits, or an error.
#include "base/utf8.h"
#include "web/form.h"
#include "web/web.h"

static const FormField FIELDS[] = {
	LINE("t", 1, 30, "error.t"),           TEXT("b", 0, 60, "error.b"), SECRET("s", 0, 20, "error.s"),
	INTEGER("n", -5, 500, "error.n"),      IDENT("i", 0, "error.i"),    FLAG("f"),
	NEEDED_INTEGER("v", -1, 1, "error.v"),
};
static const Route ROUTE = {.form = FORM(FIELDS)};

static void check(const Req *req, Status st)
{
	for (size_t i = 0; i < COUNTOF(FIELDS); i++) {
		const FormField *f = &FIELDS[i];
		const FieldValue *v = &req->fields[i];
		BUG_IF(!utf8_valid(v->text));
		for (size_t k = 0; f->type == FIELD_LINE && k < v->text.n; k++) BUG_IF((unsigned char)v->text.p[k] < 0x20);
		if (st != ST_OK) continue;
		if (f->type == FIELD_INT) BUG_IF(v->given && (v->n < f->min || v->n > f->max));
		else if (f->type == FIELD_ID) BUG_IF(v->n < 0);
		else if (f->type == FIELD_FLAG) BUG_IF(v->n < 0 || v->n > 1);
		else BUG_IF((int64_t)v->text.n > f->max || (int64_t)v->text.n < f->min);
	}
	BUG_IF(st != ST_OK && st != ST_INVALID && st != ST_BAD_REQUEST);
}

// What cursors and paths are read by; position_fuzz.c of community has the cursor of lists itself.
static void read_position(Str s)
{
	Cursor c = cursor_of(s);
	int64_t at = 0;
	Str id;
	Id got = 0;
	if (!cursor_int(&c, 0, INT64_MAX, &at) || !cursor_take(&c, '-') || !cursor_until(&c, S("-.~"), ID_TEXT_MAX, &id))
		return;
	BUG_IF(at < 0 || !id.n || id.n > ID_TEXT_MAX || c.p > c.end);
	if (!id_parse(id, &got)) return;
	char text[ID_TEXT_MAX];
	Id again;
	BUG_IF(got <= 0 || !id_parse((Str){text, id_format(got, text)}, &again) || again != got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO(Arena) arena = arena_new(ARENA_CAP_BYTES);
	Str in = {(const char *)data, size}, token = str_none();
	if (size > (64 << 10)) return 0;
	for (int kind = 0; kind < 3; kind++) {
		Ctx cx = {.arena = arena};
		Req req = {.route = &ROUTE};
		Status st = kind == 0   ? form_parse_urlencoded(&cx, &req, in, &token)
					: kind == 1 ? form_parse_query(&cx, &req, in)
								: form_parse_json(&cx, &req, in);
		check(&req, st);
	}
	form_peek(arena, in, S("next"));
	Buf b = buf_init(arena, 64, size * 3 + 1);
	buf_url_encoded(&b, in);
	BUG_IF(b.overflow || !str_eq(url_decode(arena, buf_view(&b), true), in));
	read_position(in);
	return 0;
}
