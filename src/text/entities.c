// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/entities.h"

#include "base/json.h"
#include "base/utf8.h"
#include "text/entities_impl.h"

#define VALUES_BYTES (TEXT_MAX_BYTES * 4)

static const char *const NAMES[ENTITY_N] = {"mail",  "phone",  "card",  "iban",    "street", "ip",
											"login", "secret", "order", "version", "place",  "product"};

const char *entity_name(EntityKind kind) { return NAMES[kind]; }
bool entity_personal(EntityKind kind) { return kind < ENTITY_ORDER; }

EntityFinder *entities_new(Arena *a, const Catalogue *catalogue)
{
	EntityFinder *f = ARENA_NEW(a, EntityFinder, 1);
	*f = (EntityFinder){.signs = signs_new(a),
						.catalogue = catalogue,
						.v = ARENA_NEW(a, Entity, ENTITIES_MAX),
						.spare = ARENA_NEW(a, Entity, ENTITIES_MAX)};
	f->values = buf_init(a, VALUES_BYTES, VALUES_BYTES);
	f->contexts = entity_contexts_new(a);
	f->streets = entity_streets_new(a);
	f->places = entity_places_new(a);
	return f;
}

void entity_put(EntityFinder *f, EntityKind kind, uint32_t from, uint32_t to, size_t value_at)
{
	Signs *s = f->signs;
	for (uint32_t i = from; i < to; i++)
		if (s->v[i].flags & SIGN_TAKEN) return; // the surer one was here first
	for (uint32_t i = from; i < to; i++) s->v[i].flags |= SIGN_TAKEN;
	if (f->n == ENTITIES_MAX) return; // cannot be: the shortest is two signs and a space
	f->v[f->n++] = (Entity){kind, s->v[from].at, s->v[to].at, str_sub(buf_view(&f->values), value_at, f->values.n)};
}

void entity_put_text(EntityFinder *f, EntityKind kind, uint32_t from, uint32_t to)
{
	size_t at = f->values.n;
	const Signs *s = f->signs;
	for (uint32_t i = from; i < to; i++) {
		bool space = s->v[i].class == SIGN_SPACE || s->v[i].class == SIGN_LINE;
		if (!space) buf_str(&f->values, signs_text(s, i, i + 1));
		else if (s->v[i + 1].class != SIGN_SPACE) buf_char(&f->values, ' ');
	}
	entity_put(f, kind, from, to, at);
}

void entity_block(EntityFinder *f, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) f->signs->v[i].flags |= SIGN_BLOCKED;
}

// Each pattern finds in order; all together are merged by halves.
static void sort(Entity *v, Entity *spare, size_t n)
{
	if (n < 2) return;
	size_t half = n / 2, a = 0, b = half;
	sort(v, spare, half);
	sort(v + half, spare, n - half);
	for (size_t i = 0; i < n; i++) spare[i] = b == n || (a < half && v[a].at <= v[b].at) ? v[a++] : v[b++];
	for (size_t i = 0; i < n; i++) v[i] = spare[i];
}

size_t entities_find(EntityFinder *f, Str text)
{
	signs_read(f->signs, text);
	return entities_find_read(f);
}

size_t entities_find_read(EntityFinder *f)
{
	const Signs *s = f->signs;
	f->n = f->values.n = 0;
	entities_web(f);
	entities_secrets(f);
	if (s->ats_n || s->words_n > 2) entities_mails(f);
	if (s->digits_n) {
		entities_ips(f);
		entities_block(f);
		entities_accounts(f);
		entities_orders(f);
		entities_streets(f);
		entities_phones(f);
		entities_versions(f);
	}
	if (f->catalogue) entities_products(f);
	entities_places(f);
	if (f->n > 1) sort(f->v, f->spare, f->n);
	return f->n;
}

// One piece; "[mail]" for what is personal.
static void redact_piece(EntityFinder *f, Str piece, Buf *ret)
{
	uint32_t from = 0;
	entities_find(f, piece);
	for (size_t i = 0; i < f->n; i++) {
		const Entity *e = &f->v[i];
		if (!entity_personal(e->kind)) continue;
		buf_str(ret, str_sub(piece, from, e->at));
		buf_char(ret, '[');
		buf_z(ret, NAMES[e->kind]);
		buf_char(ret, ']');
		from = e->end;
	}
	buf_str(ret, str_sub(piece, from, piece.n));
}

// A piece that ends at the end of a line, or at least of a word, if there is one in its last half.
static size_t piece_end(Str text)
{
	if (text.n <= TEXT_MAX_BYTES) return text.n;
	for (size_t n = TEXT_MAX_BYTES; n > TEXT_MAX_BYTES / 2; n--)
		if (text.p[n - 1] == '\n') return n;
	for (size_t n = TEXT_MAX_BYTES; n > TEXT_MAX_BYTES / 2; n--)
		if (text.p[n - 1] == ' ') return n;
	return utf8_cut(text, TEXT_MAX_BYTES).n;
}

void entities_redact(EntityFinder *f, Str text, Buf *ret)
{
	while (text.n) {
		size_t n = piece_end(text);
		redact_piece(f, str_sub(text, 0, n), ret);
		text = str_sub(text, n, text.n);
	}
}

static void put_bytes(Buf *b, Str s)
{
	if (utf8_valid(s)) buf_json_escaped(b, s);
	else buf_str(b, S("null"));
}

void entities_write(Buf *b, const EntityFinder *f)
{
	buf_char(b, '[');
	for (size_t i = 0; i < f->n; i++) {
		const Entity *e = &f->v[i];
		buf_str(b, i ? S(",{\"kind\":\"") : S("{\"kind\":\""));
		buf_z(b, NAMES[e->kind]);
		buf_str(b, S("\",\"at\":"));
		buf_int(b, e->at);
		buf_str(b, S(",\"end\":"));
		buf_int(b, e->end);
		buf_str(b, S(",\"text\":"));
		put_bytes(b, str_sub(f->signs->text, e->at, e->end));
		buf_str(b, S(",\"value\":"));
		put_bytes(b, e->value);
		buf_char(b, '}');
	}
	buf_char(b, ']');
}
