// SPDX-License-Identifier: AGPL-3.0-or-later
// Metrics of a ruleset: how many, how many different, how much, in a window that ends at the day asked for.
#include "shape.h"

RepMetrics rep_metrics_new(Arena *a, const RepLog *log, const Ruleset *rules, int32_t day)
{
	RepMetrics m = {.log = log, .rules = rules, .day = day, .seen = idmap_init(a, rep_expected(log))};
	for (size_t i = 0; i < rules->metrics_n; i++) m.distinct_n += rules->metrics[i].kind == METRIC_DISTINCT;
	return m;
}

bool rep_metrics_begin(RepMetrics *m, size_t facts)
{
	for (size_t i = 0; i < m->rules->metrics_n; i++) m->value[i] = 0;
	return idmap_restart(&m->seen, m->distinct_n ? facts : 0);
}

static bool is_new(RepMetrics *m, size_t metric, uint64_t what)
{
	uint64_t key = (what * METRICS_MAX + metric) * 2 + 1;
	uint32_t *at = idmap_at(&m->seen, (int64_t)key);
	return at && !(*at)++;
}

static int64_t count_distinct(RepMetrics *m, size_t metric, const RepGist *g)
{
	const RepFact *f = &m->log->facts[g->fact]; // far away: asked only for what the gist does not say
	switch (m->rules->metrics[metric].dim) {
	case DIM_ASKER: return g->asker && is_new(m, metric, g->asker);
	case DIM_ACTOR: return g->actor && is_new(m, metric, g->actor);
	case DIM_THREAD: return f->thread && is_new(m, metric, f->thread);
	case DIM_OBJECT: return g->object && is_new(m, metric, g->object);
	case DIM_DAY: return is_new(m, metric, (uint64_t)(uint32_t)g->day);
	case DIM_AREA: break;
	}
	size_t n;
	const uint32_t *areas = rep_areas_of(m->log, f, &n);
	int64_t found = 0;
	for (size_t i = 0; i < n; i++) found += is_new(m, metric, areas[i]);
	return found;
}

void rep_metrics_fact(RepMetrics *m, const RepShape *shape, const RepGist *g, const int64_t vars[EVENT_VARS_N])
{
	for (size_t i = 0; i < shape->counts_n; i++) {
		const RepCount *count = &shape->counts[i];
		const Metric *metric = &m->rules->metrics[count->metric];
		if (metric->window_days && g->day <= m->day - metric->window_days) continue;
		if (!count->sure && !expr_true(metric->where, vars)) continue;
		int64_t *value = &m->value[count->metric];
		if (metric->kind == METRIC_COUNT) *value += RULE_UNIT;
		if (metric->kind == METRIC_SUM) *value += (int64_t)m->log->facts[g->fact].value * RULE_UNIT;
		if (metric->kind == METRIC_DISTINCT) *value += count_distinct(m, count->metric, g) * RULE_UNIT;
	}
}

// Wilson's score interval, in whole numbers: z = 1.645 = 1645/1000.
int64_t rep_wilson(int64_t k, int64_t n)
{
	if (n <= 0) return 0;
	const i128 z = 1645, zz = z * z; // scaled by 1e3 and 1e6
	i128 N = n, K = k;
	// (2K + zz - z * sqrt(zz + 4K(N-K)/N)) / (2 (N + zz)), all scaled by 1e6
	i128 under = zz + 4 * K * (N - K) * 1000000 / N;
	int64_t root = rule_isqrt((int64_t)(under / 1000)); // sqrt(under / 1e6) * 1e3
	i128 top = 2 * K * 1000000 + zz - z * root;
	return top <= 0 ? 0 : (int64_t)(top * RULE_UNIT / (2 * (N * 1000000 + zz)));
}

void rep_metrics_end(RepMetrics *m, int64_t value[METRICS_MAX], int64_t lcb[METRICS_MAX])
{
	for (size_t i = 0; i < m->rules->metrics_n; i++) {
		const Metric *metric = &m->rules->metrics[i];
		value[i] = lcb[i] = m->value[i];
		if (metric->kind != METRIC_RATIO) continue;
		int64_t over = m->value[metric->over], under = m->value[metric->under];
		value[i] = under ? over * RULE_UNIT / under : 0;
		lcb[i] = rep_wilson(over / RULE_UNIT, under / RULE_UNIT);
	}
}
