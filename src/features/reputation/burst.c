// SPDX-License-Identifier: AGPL-3.0-or-later
// Bursts: what others' judgement gave on one day, against the days before. What is far above the member's own usual waits until
// the second midnight, and then counts like all else: time to look, and nothing lost for who had a good day.
#include "reputation_impl.h"

static int64_t root_of(i128 n)
{
	i128 low = 0, high = (i128)1 << 62;
	while (low < high) {
		i128 mid = low + (high - low + 1) / 2;
		if (mid * mid <= n) low = mid;
		else high = mid - 1;
	}
	return (int64_t)low;
}

void rep_burst_day(RepBurst *b, int32_t day, int64_t points)
{
	b->day[b->n % BURST_DAYS] = day;
	b->points[b->n++ % BURST_DAYS] = points;
}

// mean + z x deviation over the days since the first one, at most BURST_DAYS of them; days without anything are days too.
static int64_t usual(const RepBurst *b, const Guard *guard, int32_t day)
{
	int64_t days = i64_min(BURST_DAYS, (int64_t)day - b->first);
	i128 sum = 0, squares = 0;
	if (!b->n || days < BURST_DAYS_LEAST) return guard->burst_least;
	for (size_t i = 0; i < size_min(b->n, BURST_DAYS); i++) {
		if (b->day[i] < day - BURST_DAYS || b->points[i] <= 0) continue;
		sum += b->points[i];
		squares += (i128)b->points[i] * b->points[i];
	}
	i128 variance = (squares * days - sum * sum) / days / days;
	return i64_max(guard->burst_least, (int64_t)(sum / days) + guard->burst * root_of(variance) / RULE_UNIT);
}

void rep_burst_hold(const RepBurst *b, const Guard *guard, int32_t day, int64_t bucket[BUCKETS_N])
{
	int64_t points = bucket[BUCKET_TRUSTED] + bucket[BUCKET_UNTRUSTED];
	if (points <= guard->burst_least) return;
	int64_t over = points - usual(b, guard, day);
	for (RepBucket k = BUCKET_UNTRUSTED;; k = BUCKET_TRUSTED) { // who is not trusted waits first
		int64_t part = i64_max(0, i64_min(over, bucket[k]));
		bucket[k] -= part;
		over -= part;
		if (k == BUCKET_TRUSTED) return;
	}
}
