// SPDX-License-Identifier: AGPL-3.0-or-later
// The hash of a ruleset: BLAKE2b over what decides a score, written down in one way, how the engine reads it first. Comments,
// white space, the order of keys, and texts that only people read do not count. It is stored beside results, so what is written
// here is a format: a change of it begins with another first line.
#include <sodium.h>

#include "rules/load.h"

#define CANON_MAX_BYTES ((size_t)1 << 20)

static void put_text(Buf *b, Str s)
{
	buf_format(b, " %zu:", s.n);
	buf_str(b, s);
}

static void put_expr(Buf *b, const Expr *e)
{
	buf_z(b, " (");
	for (size_t i = 0; e && i < e->n; i++)
		buf_format(b, "%d.%d.%lld ", e->ops[i].code, e->ops[i].var, (long long)e->ops[i].number);
	buf_z(b, ")");
}

// In the order of their numbers, however they were listed.
static void put_kinds(Buf *b, const FactKind *kinds, size_t n)
{
	for (int k = 0; k < 256; k++)
		for (size_t i = 0; i < n; i++)
			if ((int)kinds[i] == k) buf_format(b, " k%d", k);
}

static void put_numbers(Buf *b, const int64_t *v, size_t n)
{
	for (size_t i = 0; i < n; i++) buf_format(b, " %lld", (long long)v[i]);
}
#define PUT(b, ...) put_numbers((b), (const int64_t[]){__VA_ARGS__}, COUNTOF(((const int64_t[]){__VA_ARGS__})))

static void put_rules(Buf *b, const Ruleset *r)
{
	for (size_t i = 0; i < r->rules_n; i++) {
		const Rule *rule = &r->rules[i];
		buf_z(b, "\nrule");
		put_text(b, rule->id);
		put_kinds(b, rule->on, rule->on_n);
		PUT(b, rule->credit, rule->score, rule->pair, rule->matched, rule->base);
		put_expr(b, rule->when);
		put_expr(b, rule->points);
		for (size_t c = 0; c < rule->caps_n; c++) put_text(b, r->caps[rule->caps[c]].name);
	}
}

static void put_metrics(Buf *b, const Ruleset *r)
{
	for (size_t i = 0; i < r->metrics_n; i++) {
		const Metric *m = &r->metrics[i];
		buf_z(b, "\nmetric");
		put_text(b, m->name);
		put_kinds(b, m->on, m->on_n);
		PUT(b, m->kind, m->dim, m->credit, m->window_days, m->over, m->under, m->undone);
		put_expr(b, m->where);
	}
}

static void put_ranks(Buf *b, const Ruleset *r)
{
	for (size_t i = 0; i < r->ranks_n; i++) {
		const Rank *rank = &r->ranks[i];
		buf_z(b, "\nrank");
		put_text(b, rank->name);
		PUT(b, rank->order, rank->grace_days);
		put_expr(b, rank->when);
		put_expr(b, rank->keep);
		for (size_t g = 0; g < rank->grants_n; g++) put_text(b, rank->grants[g]);
	}
	for (size_t i = 0; i < r->badges_n; i++) {
		buf_z(b, "\nbadge");
		put_text(b, r->badges[i].id);
		PUT(b, r->badges[i].once);
		put_expr(b, r->badges[i].when);
	}
}

Status rules_hash(Ctx *cx, const Ruleset *r, uint64_t *ret_hash)
{
	Buf b = buf_init(cx->arena, 4096, CANON_MAX_BYTES);
	const Guard *g = &r->guard;
	buf_format(&b, "hearth rules 1, engine %d", RULES_ENGINE);
	PUT(&b, r->effective, r->retroactive, r->board);
	for (size_t i = 0; i < SCORES_N; i++) PUT(&b, r->scores[i].half_life_days, r->scores[i].start, r->scores[i].least);
	PUT(&b, g->profile, g->allowance, g->rho, g->kappa, g->rho_verified, g->base_most);
	if (g->burst) PUT(&b, g->burst, g->burst_least);
	for (size_t i = 0; i < g->seeds_n; i++) put_text(&b, g->seeds[i]);
	for (size_t i = 0; i < r->caps_n; i++) {
		buf_z(&b, "\ncap");
		put_text(&b, r->caps[i].name);
		PUT(&b, r->caps[i].per, r->caps[i].of, r->caps[i].most, r->caps[i].least);
	}
	put_rules(&b, r);
	put_metrics(&b, r);
	put_ranks(&b, r);
	TRY(buf_status(cx, &b));
	unsigned char digest[crypto_generichash_BYTES];
	BUG_IF(crypto_generichash(digest, sizeof digest, (const unsigned char *)b.p, b.n, NULL, 0) != 0);
	uint64_t hash = 0;
	for (size_t i = 0; i < sizeof hash; i++) hash = hash << 8 | digest[i];
	*ret_hash = hash;
	return ST_OK;
}
