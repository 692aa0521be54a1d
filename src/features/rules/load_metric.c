// SPDX-License-Identifier: AGPL-3.0-or-later
// [metric.NAME]: what is counted about a member, for ranks and badges.
#include "base/utf8.h"
#include "rules/load.h"

#define AT(member) offsetof(Draft, member)

typedef struct Draft {
	Metric metric;
	Str of[GRANTS_MAX]; // of a ratio: the names of its two metrics
	size_t of_n;
} Draft;

static const Field FIELDS[] = {
	{"count", FIELD_KINDS, .at = AT(metric.on), .count_at = AT(metric.on_n)},
	{"distinct", FIELD_CHOICE, .at = AT(metric.dim), .choices = DIM_NAMES},
	{"sum", FIELD_KINDS, .at = AT(metric.on), .count_at = AT(metric.on_n)},
	{"ratio", FIELD_TEXTS, .at = AT(of), .most = 40, .count_at = AT(of_n)},
	{"on", FIELD_KINDS, .at = AT(metric.on), .count_at = AT(metric.on_n)},
	{"credit", FIELD_CHOICE, .at = AT(metric.credit), .choices = CREDIT_NAMES},
	{"where", FIELD_WHEN, .at = AT(metric.where)},
	{"window", FIELD_DAYS, .at = AT(metric.window_days), .least = 1, .most = 3660},
	{"undone", FIELD_BOOL, .at = AT(metric.undone)},
	{"doc", FIELD_TEXT, .at = AT(metric.doc), .most = 500},
};

static const TomlNode *member_of(const TomlNode *table, Str key)
{
	for (const TomlNode *e = table->first; e; e = e->next)
		if (str_eq(node_key(e), key)) return e;
	return NULL;
}

// Which of the four it is: exactly one has to be said.
static Status kind_of(Load *ld, const TomlNode *table, MetricKind *ret_kind)
{
	size_t n = 0;
	for (size_t i = 0; METRIC_NAMES[i]; i++)
		if (member_of(table, str_from(METRIC_NAMES[i]))) {
			*ret_kind = (MetricKind)i;
			n++;
		}
	return n == 1 ? ST_OK : load_wrong(ld, table->line, "a metric has exactly one of count, distinct, sum and ratio");
}

static Status keys_fit(Load *ld, const TomlNode *table, MetricKind kind)
{
	const TomlNode *on = member_of(table, S("on"));
	if (kind == METRIC_DISTINCT && !on) return load_wrong(ld, table->line, "a metric with `distinct` lacks `on`");
	if (kind != METRIC_DISTINCT && on) return load_wrong(ld, on->line, "`on` goes with `distinct` only");
	if (kind != METRIC_RATIO) return ST_OK;
	static const Str NOT_OF_RATIO[] = {S_INIT("credit"), S_INIT("where"), S_INIT("window"), S_INIT("undone")};
	for (size_t i = 0; i < COUNTOF(NOT_OF_RATIO); i++) {
		const TomlNode *e = member_of(table, NOT_OF_RATIO[i]);
		if (e) return load_wrong(ld, e->line, "a ratio has no `%.*s`: its two metrics have", STR(NOT_OF_RATIO[i]));
	}
	return ST_OK;
}

static bool find(const Ruleset *rules, Str name, uint8_t *ret_i)
{
	for (size_t i = 0; i < rules->metrics_n; i++)
		if (str_eq(rules->metrics[i].name, name)) {
			*ret_i = (uint8_t)i;
			return true;
		}
	return false;
}

static bool name_ok(Str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool ok = (c >= 'a' && c <= 'z') || c == '_' || (i && c >= '0' && c <= '9');
		if (!ok) return false;
	}
	return name.n > 0 && name.n <= 40 && !expr_name_taken(name);
}

static Status load_metric(Load *ld, const TomlNode *table, Draft *draft)
{
	Ruleset *rules = ld->rules;
	Str name = node_key(table);
	if (!name_ok(name))
		return load_wrong(ld, table->key_line,
						  "`%.*s` cannot name a metric: small letters, digits and _, and no word of the language",
						  STR(utf8_cut(name, 40)));
	if (rules->metrics_n == METRICS_MAX)
		return load_wrong(ld, table->line, "there are more than %d metrics", METRICS_MAX);
	*draft = (Draft){.metric = {.name = name, .line = table->line}};
	if (table->type != TOML_IS_TABLE) return load_wrong(ld, table->line, "a metric has to be a table");
	TRY(kind_of(ld, table, &draft->metric.kind));
	TRY(keys_fit(ld, table, draft->metric.kind));
	TRY(fields_read(ld, table, FIELDS, COUNTOF(FIELDS), "a metric", draft));
	rules->metrics[rules->metrics_n++] = draft->metric;
	return ST_OK;
}

// A ratio is of two metrics that are none themselves, so it can go round in no circle.
static Status resolve(Load *ld, Metric *m, const Draft *draft)
{
	uint8_t of[2];
	if (draft->of_n != 2) return load_wrong(ld, m->line, "`ratio` wants two metrics: what is counted, of how many");
	for (size_t i = 0; i < 2; i++) {
		if (!find(ld->rules, draft->of[i], &of[i]))
			return load_wrong(ld, m->line, "`ratio` names an unknown metric `%.*s`", STR(draft->of[i]));
		if (ld->rules->metrics[of[i]].kind == METRIC_RATIO)
			return load_wrong(ld, m->line, "`ratio` of `%.*s`, which is a ratio itself", STR(draft->of[i]));
	}
	m->over = of[0];
	m->under = of[1];
	return ST_OK;
}

Status load_metrics(Load *ld, const TomlNode *node)
{
	if (node->type != TOML_IS_TABLE) return load_wrong(ld, node->line, "write [metric.NAME]");
	Draft *drafts = arena_try_alloc(ld->cx->arena, METRICS_MAX * sizeof *drafts, _Alignof(Draft));
	if (!drafts) return fail(ld->cx, ST_TOO_LARGE, "the rules need too much memory");
	Draft spare;
	for (const TomlNode *e = node->first; e; e = e->next) {
		size_t i = ld->rules->metrics_n;
		TRY(load_metric(ld, e, i < METRICS_MAX ? &drafts[i] : &spare));
	}
	for (size_t i = 0; i < ld->rules->metrics_n; i++) {
		Metric *m = &ld->rules->metrics[i];
		if (m->kind == METRIC_RATIO) TRY(resolve(ld, m, &drafts[i]));
	}
	return ST_OK;
}
